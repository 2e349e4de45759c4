/** What git could be made to run by attributes that a commit brings, and by settings of the clone. */
import assert from "node:assert/strict";
import { hubwright } from "../cli/fake_io.ts";
import { Sandbox } from "../cli/sandbox.ts";
import { committedRepository, earth } from "../cli/repository.ts";
import { assertInertLog } from "./inert.ts";
import { Trap } from "./trap.ts";

/** A pull request cannot change these; that hubwright's git runs none of them is held all the same. */
const SETTINGS = [
  "core.askPass",
  "core.editor",
  "core.fsmonitor",
  "core.pager",
  "core.sshCommand",
  "diff.evil.command",
  "diff.evil.textconv",
  "diff.external",
  "filter.evil.clean",
  "filter.evil.process",
  "filter.evil.smudge",
  "interactive.diffFilter",
  "pager.diff",
  "pager.log",
] as const;

const HOOKS = ["post-index-change", "reference-transaction", "post-checkout", "fsmonitor-watchman"];

Deno.test("plan runs no program that attributes or settings of git name", async (t) => {
  await using trap = await Trap.set();
  const { folder, before, after } = await committedRepository(earth("prod.values.yaml"));
  await using _ = folder;
  await folder.write(
    ".gitattributes",
    "* diff=evil filter=evil merge=evil\n",
  );
  await folder.write("config/clusters/earth/.gitattributes", "* diff=evil text\n");
  await folder.write(".gitmodules", '[submodule "x"]\n\tpath = x\n\turl = ext::touch x\n');
  const head = await folder.commit("Attributes");
  const touch = trap.arm("touch PWNED #");
  for (const name of SETTINGS) await folder.git("config", name, touch);
  for (const hook of HOOKS) {
    await folder.write(`.git/hooks/${hook}`, `#!/bin/sh\n${trap.arm("touch PWNED")}\n`);
    await Deno.chmod(folder.join(`.git/hooks/${hook}`), 0o755);
  }
  await folder.write("precise.config.ts", 'export default { precision: "hub" };\n');
  await folder.write(earth("prod.values.yaml"), "not: committed\n");
  for (const [base, end] of [[before, after], [before, head], [before, "HEAD"]]) {
    for (const config of [[], ["--config", folder.join("precise.config.ts")]]) {
      await t.step(`${base?.slice(0, 7)} to ${end?.slice(0, 7)} ${config.length}`, async () => {
        const args = [
          "plan",
          `--repo=${folder.path}`,
          `--base=${base}`,
          `--head=${end}`,
          ...config,
        ];
        const { code, out, err } = await hubwright(args);
        assert.deepEqual([code, err], [0, ""]);
        assertInertLog(out);
        await trap.assertUnsprung(folder.path);
      });
    }
  }
  await t.step("while git itself runs them where it is asked to", async () => {
    await folder.git("diff", before, head).catch(() => {});
    assert.notDeepEqual(await trap.sprung(), []);
  });
});

Deno.test("plan takes a hostile folder of a repository for a name", async () => {
  await using trap = await Trap.set();
  await using parent = await Sandbox.create();
  const names = [
    "-rf",
    "--upload-pack=x",
    "$(touch x)",
    "a\n::error::b",
    "a;b",
    "a b",
    "::x",
    "é\u202e",
  ];
  for (const name of names) {
    const { folder, before, after } = await committedRepository(earth("prod.values.yaml"));
    await Deno.rename(folder.path, parent.join(name));
    const { code, out, err } = await hubwright([
      ...["plan", `--repo=${parent.join(name)}`, `--base=${before}`, `--head=${after}`],
    ]);
    assert.deepEqual([code, err], [0, ""], name);
    assert.match(out, /│ prod +│/);
    const wrong = await hubwright(["plan", `--repo=${parent.join(name)}/x`, "--base=HEAD"]);
    assert.equal(wrong.code, 1);
    assertInertLog(wrong.err);
    await Deno.mkdir(folder.path);
    await folder[Symbol.asyncDispose]();
  }
  await trap.assertUnsprung(parent.path);
});
