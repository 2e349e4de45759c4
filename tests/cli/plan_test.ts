import assert from "node:assert/strict";
import { type Around, hubwright, printed, type Ran } from "./fake_io.ts";
import { planOf, releasesOf } from "./planned.ts";
import { committedRepository, earth, smallRepository } from "./repository.ts";
import { Sandbox } from "./sandbox.ts";
import { stepFiles } from "./step_files.ts";

const PROD = earth("prod.values.yaml");
const STAGING = earth("staging.values.yaml");
const CLUSTER = earth("cluster.yaml");
const ROVER = "config/clusters/azure.mars/rover.values.yaml";
const ALL = ["earth/support chart", "earth/staging", "azure.mars/rover", "earth/prod"];

/** The outputs that other layouts read. */
const NOT_WANTED = { waves: "[]", clusters: '{"waves":[],"canaries":{},"prod":{}}' };

type Files = Readonly<Record<string, string>>;

/** Runs `plan` in the small repository; files and the surroundings may be different. */
async function run(args: readonly string[], around: Around = {}, files: Files = {}): Promise<Ran> {
  await using folder = await smallRepository(files);
  return await hubwright(["plan", "--repo", folder.path, ...args], around);
}

/** The plan of the small repository. */
async function planned(args: readonly string[], around: Around = {}, files: Files = {}) {
  await using folder = await smallRepository(files);
  return await planOf(folder.path, args, around);
}

Deno.test("plan prints tables for people, in colour and as wide as the terminal", async () => {
  await using folder = await smallRepository();
  const draw = (around?: Around) =>
    printed(["plan", "--repo", folder.path, "--changed-files", PROD], around);
  const out = await draw();
  assert.match(out, /^Upgrades 0 support charts, 1 staging hub and 1 prod hub on 1 cluster\n/);
  assert.match(
    out,
    /│ earth +│ gcp +│ +│ staging +│ staging: prod \(rule: staging before prod\) +│/,
  );
  assert.match(out, /│ earth +│ gcp +│ prod +│ \S+prod\.values\.yaml \(rule: hub values file\) +│/);
  assert.equal(out.includes("\x1b"), false);
  const colorful = await draw({ color: true });
  assert.ok(colorful.includes("\x1b[1m"));
  // deno-lint-ignore no-control-regex -- the codes of colours
  assert.equal(colorful.replaceAll(/\x1b\[\d+m/g, ""), out);
  const narrow = await draw({ width: 72 });
  const rows = narrow.split("\n").filter((line) => line.startsWith("│"));
  assert.ok(rows.length > 0 && rows.every(({ length }) => length <= 72), narrow);
});

Deno.test("plan prints JSON for machines, with the keys of the interface, and writes it to the plan file", async () => {
  await using temp = await Sandbox.create();
  const plan = await planned(["--changed-files", PROD, "--plan-file", temp.join("plan.json")]);
  const leg = { cluster_name: "earth", provider: "gcp" };
  assert.deepEqual(plan, {
    version: 1,
    base: "",
    head: "",
    support_and_staging: [{
      ...leg,
      upgrade_support: false,
      support_reason: "",
      staging_hubs: ["staging"],
      staging_reason: "prod (rule: staging before prod)",
    }],
    prod: [{ ...leg, hub_name: "prod", reason: `${PROD} (rule: hub values file)` }],
    notices: [],
  });
  assert.deepEqual(JSON.parse(await temp.read("plan.json")), plan);
});

Deno.test("plan prints Markdown", async () => {
  const { code, out } = await run(["--changed-files", PROD, "--format", "markdown"]);
  assert.equal(code, 0);
  assert.match(out, /^## Deployment plan\n\nThis change upgrades /);
  assert.match(
    out,
    /^\| <code>earth<\/code> \| <code>gcp<\/code> \| \| <code>staging<\/code> \| <code>prod<\/code> \|$/m,
  );
});

/** Changed files between commas, however a person writes them, and what they upgrade. */
const GIVEN: readonly (readonly [changed: string, upgrades: readonly string[]])[] = [
  ["", []],
  [`${STAGING},${ROVER},`, ["earth/staging", "azure.mars/rover"]],
  [`./${PROD}`, ["earth/staging", "earth/prod"]],
  [`${PROD}, ${ROVER}`, ["earth/staging", "azure.mars/rover", "earth/prod"]],
];

for (const [changed, upgrades] of GIVEN) {
  Deno.test(`plan takes changed files between commas: "${changed}"`, async () => {
    assert.deepEqual(releasesOf(await planned(["--changed-files", changed])), upgrades);
  });
}

Deno.test("plan refuses given paths that no repository has", async () => {
  for (const path of [`/srv/${PROD}`, "config/../deployer/a"]) {
    const { code, out, err } = await run(["--changed-files", path]);
    assert.deepEqual({ code, out }, { code: 2, out: "" });
    assert.match(
      err,
      /^Cannot use the changed file "[^"]+": expected a path from the repository's/,
    );
  }
});

for (
  const [what, text] of [
    ["a path a line", `${STAGING}\n${ROVER}\n`],
    ["a path a line, without the last line break", `${STAGING}\n${ROVER}`],
    ["a path a line, as Windows breaks them", `${STAGING}\r\n${ROVER}\r\n`],
    ["paths that end with NUL", `${STAGING}\0${ROVER}\0`],
    ["paths with NUL between them", `a\nb\0${STAGING}\0${ROVER}`],
  ] as const
) {
  Deno.test(`plan takes changed files from a file and from the standard input: ${what}`, async () => {
    await using lists = await Sandbox.create({ list: text });
    for (const [file, input] of [[lists.join("list"), ""], ["-", text]] as const) {
      const plan = await planned(["--changed-files-from", file], { input });
      assert.deepEqual(releasesOf(plan), ["earth/staging", "azure.mars/rover"]);
    }
  });
}

Deno.test("plan takes names as they are between NULs, and shows what is hidden in them", async () => {
  const name = 'a "b",\nc d.values.yaml';
  const files = {
    [CLUSTER]: "name: earth\nprovider: gcp\nhubs:\n  - name: prod\n    " +
      `helm_chart_values_files: [${JSON.stringify(name)}]\n`,
  };
  const args = ["--changed-files-from", "-"];
  const odd = await planned(args, { input: `${earth(name)}\0` }, files);
  assert.deepEqual(releasesOf(odd), ["earth/prod"]);
  const { out } = await run(args, { input: `${earth("\u202e\x1b[31m::error::x")}\0` });
  assert.match(out, /\\u\{202e\}\\u\{?0*1b\}?\[31m/);
  // deno-lint-ignore no-control-regex -- what must not get through
  assert.doesNotMatch(out, /[\u202e\x1b]/);
});

Deno.test("plan takes labels", async () => {
  const labelled = async (...labels: string[]) =>
    releasesOf(await planned(["--changed-files", PROD, "--labels", JSON.stringify(labels)]));
  assert.deepEqual(await labelled("bug"), ["earth/staging", "earth/prod"]);
  assert.deepEqual(await labelled("deployer:skip-deploy"), []);
  assert.deepEqual(await labelled("deployer:skip-deploy-hubs"), []);
  assert.deepEqual(await labelled("bug", "deployer:deploy-support"), [
    "earth/support chart",
    "earth/staging",
    "earth/prod",
  ]);
  assert.deepEqual(await labelled("deployer:deploy-hubs"), ALL.slice(1));
});

Deno.test("plan takes the names of labels, rules and staging hubs from the config, or another one", async () => {
  const config = `export default {
    labels: { deploySupport: "support please" },
    rules: { allHubs: ["images/**"] },
    isStaging: (hub) => hub.name === "prod",
  };`;
  await using folder = await smallRepository({ "hubwright.config.ts": config });
  const args = ["--labels", '["support please"]', "--changed-files"];
  const upgrades = ["earth/support chart", "earth/prod", "azure.mars/rover", "earth/staging"];
  const plan = await planOf(folder.path, [...args, "images/Dockerfile"]);
  assert.deepEqual(releasesOf(plan), upgrades);
  await folder.write("hubwright.config.ts", "throw new Error();");
  await folder.write("other.config.ts", config);
  const other = ["--config", folder.join("other.config.ts")];
  const given = await planOf(folder.path, [...other, ...args, "deployer/x"]);
  assert.deepEqual(releasesOf(given), ["earth/support chart"]);
});

Deno.test("plan reads from git what changed, with a head that is not checked out too", async () => {
  await using folder = await committedRepository(ROVER);
  const { before, after } = folder;
  const plan = await planOf(folder.path, ["--base", "HEAD^"]);
  assert.deepEqual(releasesOf(plan), ["azure.mars/rover"]);
  assert.deepEqual([plan.base, plan.head], [before, after]);
  await folder.write("config/clusters/azure.mars/cluster.yaml", "name: azure.mars\n");
  await folder.commit("Broken");
  const elsewhere = await planOf(folder.path, ["--base", before, "--head", after]);
  assert.deepEqual(releasesOf(elsewhere), ["azure.mars/rover"]);
});

/** What merging a branch upgrades whose base changed the deployer and removed a hub since. */
Deno.test("plan --base leaves out what the base has changed since, and plan --before does not", async () => {
  await using folder = await committedRepository(STAGING);
  const { before } = folder;
  await folder.git("checkout", "--quiet", "-b", "base", before);
  await folder.write("deployer/a.py", "");
  await folder.write(
    "config/clusters/azure.mars/cluster.yaml",
    "name: azure.mars\nprovider: azure\nhubs: [{name: rover}, {name: lander}]\n",
  );
  await folder.commit("Meanwhile");
  await folder.git("checkout", "--quiet", "-");
  for (const precision of ["cluster", "hub"]) {
    await folder.write(".git/config.ts", `export default { precision: "${precision}" };\n`);
    const config = ["--config", folder.join(".git/config.ts")];
    const merged = await planOf(folder.path, [...config, "--base", "base"]);
    assert.deepEqual(releasesOf(merged), ["earth/staging"]);
    assert.deepEqual(merged.notices.map(({ message }) => message), [
      "base has moved on by 1 commit since this change forked off: what these change is not planned " +
      "here",
    ]);
    const pushed = await planOf(folder.path, [...config, "--before", "base"]);
    assert.ok(releasesOf(pushed).includes("azure.mars/rover"));
    const explained = await hubwright([
      ...["explain", "azure.mars", "--repo", folder.path, ...config, "--base", "base"],
    ]);
    assert.match(explained.err, /^base has moved on by 1 commit /);
    assert.match(explained.out, /nothing that changed reaches it|nothing changed/);
  }
});

Deno.test("plan says what is not committed, leaves it out, and includes it as WORKTREE", async () => {
  await using folder = await committedRepository(STAGING);
  const base = ["--base", "HEAD^"];
  await folder.write("README.md", "of no rule");
  assert.deepEqual((await planOf(folder.path, base)).notices, []);
  await folder.write(ROVER, "a: 1");
  await folder.write(CLUSTER, "name: [");
  const plan = await planOf(folder.path, base);
  assert.deepEqual(releasesOf(plan), ["earth/staging"]);
  assert.deepEqual(plan.notices, [{
    level: "notice",
    message: `What is not committed is left out, ${ROVER}, ${CLUSTER}: --head WORKTREE includes it`,
  }]);
  const worktree = [...base, "--head", "WORKTREE"];
  const { code, err } = await hubwright(["plan", "--repo", folder.path, ...worktree]);
  assert.match(`${code} ${err}`, /^1 config\/clusters\/earth\/cluster\.yaml:1:8: Cannot parse it/);
  await folder.write(CLUSTER, "name: earth\nprovider: gcp\n");
  const onDisk = await planOf(folder.path, worktree);
  assert.deepEqual(releasesOf(onDisk), ["azure.mars/rover"]);
  assert.equal(onDisk.head, "WORKTREE");
  const before = await hubwright(["plan", "--before", "HEAD^", "--head", "WORKTREE"]);
  assert.match(before.err, /^Cannot use --head WORKTREE with --before: only commits are pushed\n/);
});

Deno.test("plan plans everything and says why where the base is new, or not here", async () => {
  await using folder = await committedRepository("README.md");
  for (const [digit, why] of [["0", /branch is new/], ["1", /is not here/]] as const) {
    const plan = await planOf(folder.path, ["--base", digit.repeat(40)]);
    assert.deepEqual(releasesOf(plan), ALL);
    const [notice] = plan.notices;
    assert.equal(notice?.level, "warning");
    assert.match(notice?.message ?? "", why);
  }
});

Deno.test("plan sets the outputs without reasons, and appends to the summary", async () => {
  await using step = await stepFiles({ output: "earlier=1\n", summary: "Earlier\n" });
  await planned(["--changed-files", `${PROD},${earth("support.values.yaml")}`], step);
  assert.deepEqual(await step.outputs(), {
    earlier: "1",
    "support-and-staging-matrix-jobs":
      '[{"cluster_name":"earth","provider":"gcp","upgrade_support":true,"staging_hubs":["staging"]}]',
    "prod-hub-matrix-jobs": '[{"cluster_name":"earth","provider":"gcp","hub_name":"prod"}]',
    "canary-clusters": '["earth"]',
    ...NOT_WANTED,
    ledger: "",
  });
  const summary = await step.summary();
  assert.match(summary, /^Earlier\n## Deployment plan\n/);
  assert.match(summary, /canary0\["earth: support chart, staging"\]/);
});

Deno.test("plan sets empty lists where nothing is upgraded", async () => {
  await using step = await stepFiles();
  await planned(["--changed-files", "README.md"], step);
  const names = ["support-and-staging-matrix-jobs", "prod-hub-matrix-jobs", "canary-clusters"];
  const empty = Object.fromEntries(names.map((name) => [name, "[]"]));
  assert.deepEqual(await step.outputs(), { ...empty, ...NOT_WANTED, ledger: "" });
});

Deno.test("plan sets what a workflow with waves reads, and refuses one with other jobs", async () => {
  await using step = await stepFiles();
  const config = { "hubwright.config.ts": 'export default { waves: [["earth"], ["*"]] };\n' };
  const env = { ...step.env, LAYOUT: "four-jobs, waves: 2" };
  const changed = ["--changed-files", `${PROD},${ROVER}`];
  assert.equal((await run(changed, { env }, config)).code, 0);
  const { waves = "" } = await step.outputs();
  assert.deepEqual(
    JSON.parse(waves).map(({ clusters, prod }: Record<string, unknown>) => [clusters, prod]),
    [[["earth"], true], [["azure.mars"], true]],
  );
  for (const LAYOUT of ["", "four-jobs, waves: 3", "pipelined, waves: 2"]) {
    const { code, err } = await run(changed, { env: { ...env, LAYOUT } }, config);
    assert.equal(code, 1);
    assert.match(err, /expected the jobs of "four-jobs, waves: 2", found .*; generate it again/);
  }
  assert.equal((await run(changed, {}, config)).code, 0, "people plan without a workflow");
});

Deno.test("plan refuses a matrix with more legs than GitHub makes", async () => {
  const hubs = Array.from({ length: 257 }, (_, index) => `  - name: hub-${index}\n`).join("");
  await using step = await stepFiles();
  const { code, out, err } = await run(
    ["--changed-files", CLUSTER, "--plan-file", step.join("plan.json")],
    { env: { ...step.env, GITHUB_EVENT_NAME: "pull_request" } },
    { [CLUSTER]: `name: earth\nprovider: gcp\nhubs:\n${hubs}` },
  );
  assert.deepEqual({ code, out }, { code: 1, out: "" });
  assert.match(
    err,
    /^Cannot plan 257 prod legs: GitHub makes at most 256 jobs of one matrix; .*\n$/,
  );
  const { summary = "", ...others } = await step.snapshot();
  assert.deepEqual(others, { output: "" });
  assert.match(summary, /\[!CAUTION\]\n> <code>Cannot plan 257 prod legs: .*shards: 2/);
  assert.match(summary, /^Once that is put right, merging this upgrades .* 257 prod hubs /m);
});

Deno.test("plan says on a pull request what the ledger of its push could not be told", async () => {
  await using step = await stepFiles();
  const name = (index: number) => `${"n".repeat(90)}${index}`;
  const hubs = Array.from({ length: 1_500 }, (_, index) => `  - name: ${name(index)}\n`).join("");
  const config = `export default { shards: 40, layout: "four-jobs", ledger: { since: "${
    "a".repeat(40)
  }" } };\n`;
  const { code, err } = await run(
    ["--changed-files", CLUSTER],
    { env: { ...step.env, LAYOUT: "four-jobs, shards: 40" } },
    { [CLUSTER]: `name: earth\nprovider: gcp\nhubs:\n${hubs}`, "hubwright.config.ts": config },
  );
  assert.equal(code, 1);
  assert.match(err, /^Cannot hand over what the ledger has to know in \d+ bytes: /m);
});

Deno.test("plan says that a cluster.yaml is broken where a file beside it changed", async () => {
  const { code, err } = await run(["--changed-files", PROD], {}, { [CLUSTER]: "" });
  assert.equal(code, 1);
  assert.match(err, /^config\/clusters\/earth\/cluster\.yaml:1:1: Cannot parse it as YAML/);
});

Deno.test("plan goes on without a folder that has no cluster.yaml, and warns of it", async () => {
  await using folder = await smallRepository({
    "config/clusters/venus/prod.values.yaml": "",
    "config/clusters/pluto/cluster.yml": "",
  });
  const plan = await planOf(folder.path, ["--changed-files", "deployer/a.py"]);
  assert.equal(plan.prod.length, 2);
  const warnings = plan.notices.filter(({ level }) => level === "warning");
  assert.deepEqual(warnings.map(({ message }) => message), [
    "config/clusters/pluto: Cannot find its cluster.yaml: rename its cluster.yml",
    "config/clusters/venus: Cannot find its cluster.yaml: add one, delete the folder, or name it " +
    'in "ignoreClusters"',
  ]);
  assert.equal((await hubwright(["validate", "--repo", folder.path])).code, 1);
});
