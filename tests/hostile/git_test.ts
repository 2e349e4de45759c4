/** Commands on a git repository in which everything that a stranger names is hostile. */
import assert from "node:assert/strict";
import { earth } from "../cli/repository.ts";
import { Sandbox } from "../cli/sandbox.ts";
import { fastImport } from "../git/fast_import.ts";
import { isForGit, NAMES } from "./names.ts";
import { hostileCommits, hostileFiles, PRECISE, withoutConflicts } from "./repository.ts";
import { Stage } from "./stage.ts";

/** What is asked, and in which formats the answer comes. */
const REPORTS: readonly (readonly [line: string, formats: string])[] = [
  ["validate", "table json"],
  ["replay --from=before", "table json csv"],
  ["explain earth --base=before --head=values", "text json"],
  ["explain venus --base=named --head=keys", "text json"],
  ["explain earth/staging --base=values --head=elsewhere", "text json"],
  ["pins", "table json"],
];

const RANGES = [["before", "values"], ["values", "elsewhere"], ["named", "keys"]];

const bothConfigs = ({ folder }: Stage) => [[], ["--config", folder.join(PRECISE)]];

Deno.test("no command shows hostile names in git as more than text, and none is run", async (t) => {
  await using stage = await Stage.set(hostileFiles);
  const { folder, trap } = stage;
  assert.equal(await hostileCommits(folder, trap), 372);
  const configs = bothConfigs(stage);
  let runs = 0;
  // The two configs take turns, so that every line and every format has both.
  const run = (line: string, format: string, color = false) =>
    stage.run([
      ...[...line.split(" "), `--repo=${folder.path}`, `--format=${format}`],
      ...configs[runs++ % 2] ?? [],
    ], { inWorkflow: true, color });
  for (const [index, [base, head]] of RANGES.entries()) {
    const line = `plan --base=${base} --head=${head}`;
    for (const format of ["table", "json", "markdown"]) {
      await t.step(`${line} as ${format}`, async () => {
        const color = format === "table" && index > 0;
        const { code, err, outputs, summary } = await run(line, format, color);
        assert.deepEqual({ code, err }, { code: 0, err: "" });
        assert.deepEqual([Object.keys(outputs).length, summary === ""], [5, false]);
      });
    }
  }
  await folder.git("checkout", "--quiet", "keys");
  for (const [line, formats] of REPORTS) {
    for (const format of formats.split(" ")) {
      await t.step(`${line} as ${format}`, async () => {
        const { code, out, err } = await run(line, format);
        assert.ok(code < 2 && out.length > 100, err.slice(0, 1_000));
      });
    }
  }
});

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

Deno.test("plan takes hostile names of branches for names", async () => {
  await using stage = await Stage.inGit();
  const { folder, trap } = stage;
  // The other names are text to git.
  const tried = NAMES.filter((name, index) => index % 3 === 0 || isForGit(name));
  const branches = withoutConflicts(tried.map(({ text }) => trap.arm(text)).filter(isBranch));
  assert.equal(branches.length, 90);
  const change = [{ path: earth("prod.values.yaml"), text: "again: true\n" }];
  await fastImport(folder.path, [
    ...branches.map((branch) => ({ branch, from: "main", changes: [] })),
    ...branches.map((name) => ({ branch: `after/${name}`, from: name, changes: change })),
  ]);
  // All of them begin at one commit: a run tries one name before the change, and another after it.
  for (const [index, head] of branches.slice(branches.length / 2).entries()) {
    const base = branches[index] ?? "";
    const { code, err, out } = await stage.run([
      ...["plan", `--repo=${folder.path}`, `--base=refs/heads/${base}`],
      ...[`--head=refs/heads/after/${head}`, "--format=json"],
    ]);
    assert.deepEqual([code, err, JSON.parse(out).prod.length], [0, "", 1], `${base} ${head}`);
    // By its short name git may know another commit, or none.
    if (index % 3 > 0) continue;
    const short = await stage.run(["plan", `--repo=${folder.path}`, `--base=${base}`]);
    assert.ok(short.code < 2, base);
  }
});

/** A pull request cannot change these; that hubwright's git runs none of them is held all the same. */
const SETTINGS = [
  ...["core.askPass", "core.editor", "core.fsmonitor", "core.pager", "core.sshCommand"],
  ...["diff.evil.command", "diff.evil.textconv", "diff.external", "interactive.diffFilter"],
  ...["filter.evil.clean", "filter.evil.process", "filter.evil.smudge", "pager.diff", "pager.log"],
];

const HOOKS = ["post-index-change", "reference-transaction", "post-checkout", "fsmonitor-watchman"];

Deno.test("plan runs no program that attributes or settings of git name", async () => {
  await using stage = await Stage.inGit();
  const { folder, trap, before, after } = stage;
  await folder.write(".gitattributes", "* diff=evil filter=evil merge=evil\n");
  await folder.write("config/clusters/earth/.gitattributes", "* diff=evil text\n");
  await folder.write(".gitmodules", '[submodule "x"]\n\tpath = x\n\turl = ext::touch x\n');
  const head = await folder.commit("Attributes");
  for (const name of SETTINGS) await folder.git("config", name, trap.arm("touch PWNED #"));
  for (const hook of HOOKS) {
    await folder.write(`.git/hooks/${hook}`, `#!/bin/sh\n${trap.arm("touch PWNED")}\n`);
    await Deno.chmod(folder.join(`.git/hooks/${hook}`), 0o755);
  }
  await folder.write(PRECISE, 'export default { precision: "hub" };\n');
  await folder.write(earth("prod.values.yaml"), "not: committed\n");
  for (const end of [after, head, "HEAD"]) {
    for (const config of bothConfigs(stage)) {
      const { code, err } = await stage.run([
        ...["plan", `--repo=${folder.path}`, `--base=${before}`, `--head=${end}`, ...config],
      ]);
      assert.deepEqual([code, err], [0, ""]);
      await trap.assertUnsprung(folder.path);
    }
  }
  await folder.git("diff", before, head).catch(() => {});
  assert.deepEqual(await trap.sprung(), ["marker"], "git itself runs them where it is asked to");
  await Deno.remove(trap.arm("PWNED"));
});

const FOLDERS = [
  ...["-rf", "--upload-pack=x", "$(touch x)", "a\n::error::b", "a;b", "a b", "::x", "é\u202e"],
];

Deno.test("plan takes a hostile folder of a repository for a name", async () => {
  await using parent = await Sandbox.create();
  await using stage = await Stage.inGit();
  let at = stage.folder.path;
  for (const name of FOLDERS) {
    await Deno.rename(at, parent.join(name));
    at = parent.join(name);
    const { code, out, err } = await stage.run(["plan", `--repo=${at}`, "--base=HEAD^"]);
    assert.deepEqual([code, err], [0, ""], name);
    assert.match(out, /│ prod +│/);
    assert.equal((await stage.run(["plan", `--repo=${at}/x`, "--base=HEAD"])).code, 1);
  }
  await Deno.rename(at, stage.folder.path);
});
