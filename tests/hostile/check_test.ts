/** `generate --check` on workflows that a stranger edited: what differs is shown as text. */
import assert from "node:assert/strict";
import { hubwright } from "../cli/fake_io.ts";
import { smallRepository } from "../cli/repository.ts";
import { assertInertLog } from "./inert.ts";
import { NAMES } from "./names.ts";
import { Trap } from "./trap.ts";

const WORKFLOW = ".github/workflows/deploy-hubs.yaml";

Deno.test(`generate shows hostile lines of a workflow as text: ${NAMES.length} tried`, async () => {
  await using trap = await Trap.set();
  await using folder = await smallRepository();
  assert.equal((await hubwright(["generate", `--repo=${folder.path}`])).code, 0);
  const text = await folder.read(WORKFLOW);
  const hostile = NAMES.map(({ text }) => trap.arm(text));
  // Below a line that is as it should be, in its place, and as the line that stays beside a change.
  await folder.write(WORKFLOW, `${text}\n${hostile.join("\n")}\n`);
  await folder.write(".github/workflows/other.yaml", `${text}\n${hostile.join("\n ")}\n`);
  for (const GITHUB_ACTIONS of ["true", ""]) {
    const ran = await hubwright(["generate", "--check", `--repo=${folder.path}`], {
      env: { GITHUB_ACTIONS },
    });
    assert.equal(ran.code, 1);
    assert.ok(ran.out.split("\n").length > NAMES.length);
    assertInertLog(ran.out);
    assertInertLog(ran.err, { annotations: GITHUB_ACTIONS === "true" });
  }
  await trap.assertUnsprung(folder.path);
});

Deno.test(`generate shows hostile names of left-over workflows as text: ${NAMES.length} tried`, async () => {
  await using trap = await Trap.set();
  await using folder = await smallRepository();
  assert.equal((await hubwright(["generate", `--repo=${folder.path}`])).code, 0);
  const mark = (await folder.read(WORKFLOW)).split("\n")[0];
  const names = new Set(NAMES.map(({ text }) => trap.armHere(text).replaceAll("/", "_")));
  let made = 0;
  for (const name of names) {
    if (/^\.{0,2}$|\0/.test(name) || new TextEncoder().encode(name).length > 180) continue;
    await folder.write(`.github/workflows/${name}.yaml`, `${mark}\n`);
    made++;
  }
  assert.equal(made, 360);
  for (const args of [["--check"], []]) {
    const ran = await hubwright(["generate", ...args, `--repo=${folder.path}`], {
      env: { GITHUB_ACTIONS: "true" },
    });
    assert.equal(ran.code, args.length, ran.err);
    assert.ok(ran.out.split("\n").length > made);
    assertInertLog(ran.out);
    assertInertLog(ran.err, { annotations: true });
  }
  await trap.assertUnsprung(folder.path);
});
