/** Hostile names of branches, as git allows them. */
import assert from "node:assert/strict";
import { hubwright } from "../cli/fake_io.ts";
import { committedRepository, earth } from "../cli/repository.ts";
import { gitInput, utf8 } from "./hostile_git.ts";
import { assertInertLog } from "./inert.ts";
import { NAMES } from "./names.ts";
import { withoutConflicts } from "./repository.ts";
import { Trap } from "./trap.ts";

/**
 * Whether git allows a branch of this name.
 *
 * @see {@link https://git-scm.com/docs/git-check-ref-format}
 */
function isBranch(name: string): boolean {
  return name.isWellFormed() && name !== "@" &&
    // deno-lint-ignore no-control-regex -- these are what git refuses
    !/[\x00-\x20\x7f~^:?*[\\]|\.\.|@\{|\.$|^\/|\/$|\/\//.test(name) &&
    name.split("/").every((part) => !part.startsWith(".") && !part.endsWith(".lock")) &&
    new TextEncoder().encode(name).length < 200;
}

Deno.test("plan takes hostile names of branches for names", async (t) => {
  await using trap = await Trap.set();
  const { folder, before, after } = await committedRepository(earth("prod.values.yaml"));
  await using _ = folder;
  const branches = withoutConflicts(NAMES.map(({ text }) => trap.arm(text)).filter(isBranch));
  const refs = (where: string, commit: string) =>
    branches.map((name) => `create refs/${where}/${name} ${commit}\n`).join("");
  await gitInput(
    folder,
    ["update-ref", "--stdin"],
    utf8(refs("heads", before) + refs("tags/after", after)),
  );
  const wanted = await hubwright([
    ...["plan", `--repo=${folder.path}`, `--base=${before}`, `--head=${after}`, "--format=json"],
  ]);
  assert.equal(JSON.parse(wanted.out).prod.length, 1);
  await t.step(`${branches.length} names of branches tried, 0 executed`, async () => {
    assert.equal(branches.length, 145);
    for (const name of branches) {
      const ran = await hubwright([
        ...["plan", `--repo=${folder.path}`, `--base=refs/heads/${name}`],
        ...[`--head=refs/tags/after/${name}`, "--format=json"],
      ]);
      assert.deepEqual(ran, wanted, name);
      // By its short name git may know another commit, or none.
      const short = await hubwright(["plan", `--repo=${folder.path}`, `--base=${name}`]);
      assert.ok(short.code < 2, name);
      assertInertLog(short.out);
      assertInertLog(short.err);
    }
    await trap.assertUnsprung(folder.path);
  });
});
