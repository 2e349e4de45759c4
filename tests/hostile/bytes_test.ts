/** Names in git that are no UTF-8, where a cluster is looked for. */
import assert from "node:assert/strict";
import { hubwright } from "../cli/fake_io.ts";
import { committedRepository, earth } from "../cli/repository.ts";
import { addFiles, commitHostile, utf8 } from "./hostile_git.ts";
import { assertInertLog } from "./inert.ts";
import { BYTES } from "./names.ts";
import { Trap } from "./trap.ts";

Deno.test(`the folder of a cluster that is no UTF-8 is refused: ${BYTES.length} tried`, async (t) => {
  await using trap = await Trap.set();
  const { folder, before, after } = await committedRepository(earth("prod.values.yaml"));
  await using _ = folder;
  const names = BYTES.map(({ text }) =>
    Uint8Array.from(trap.armHere(text).replaceAll("/", "_"), (byte) => byte.charCodeAt(0))
  );
  await addFiles(
    folder,
    names.map((name) => ({
      path: Uint8Array.from([...utf8("config/clusters/"), ...name, ...utf8("/cluster.yaml")]),
      text: "name: x\nprovider: gcp\n",
    })),
  );
  const head = await commitHostile(folder, after, ["x"]);
  for (const checkedOut of [false, true]) {
    await t.step(checkedOut ? "checked out" : "in the commit alone", async () => {
      if (checkedOut) await folder.git("reset", "--quiet", "--hard", head);
      const args = ["plan", `--repo=${folder.path}`, `--base=${before}`, `--head=${head}`];
      for (const GITHUB_ACTIONS of ["true", ""]) {
        const { code, out, err } = await hubwright(args, { env: { GITHUB_ACTIONS } });
        assert.deepEqual([code, out], [1, ""]);
        assert.ok(err.split("\n").length > 15, err);
        assertInertLog(err, { annotations: GITHUB_ACTIONS === "true" });
      }
      await trap.assertUnsprung(folder.path);
    });
  }
});
