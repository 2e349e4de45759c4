import assert from "node:assert/strict";
import { Plan } from "../../src/plan/schema.ts";
import { parseOutputs } from "../workflows/shell.ts";
import { hubwright } from "./fake_io.ts";
import { committedRepository, earth, smallRepository } from "./repository.ts";
import { Sandbox } from "./sandbox.ts";

const PROD = earth("prod.values.yaml");
const STAGING = earth("staging.values.yaml");
const ROVER = "config/clusters/azure.mars/rover.values.yaml";

/** The plan that a command line prints as JSON. */
async function planned(...args: readonly string[]): Promise<Plan> {
  const { code, out, err } = await hubwright(["plan", ...args, "--format", "json"]);
  assert.deepEqual({ code, err }, { code: 0, err: "" });
  return Plan.parse(JSON.parse(out));
}

/** The releases of a plan, in words. */
function releases({ support_and_staging, prod }: Plan): string[] {
  return [
    ...support_and_staging.flatMap(({ cluster_name, upgrade_support, staging_hubs }) => [
      ...(upgrade_support ? [`${cluster_name} support`] : []),
      ...staging_hubs.map((hub) => `${cluster_name} ${hub}`),
    ]),
    ...prod.map(({ cluster_name, hub_name }) => `${cluster_name} ${hub_name}`),
  ];
}

Deno.test("plan prints tables for people", async () => {
  await using folder = await smallRepository();
  const { code, out, err } = await hubwright([
    ...["plan", "--repo", folder.path, "--changed-files", PROD],
  ]);
  assert.deepEqual({ code, err }, { code: 0, err: "" });
  assert.match(out, /^Upgrades 0 support charts, 1 staging hub and 1 prod hub on 1 cluster\n/);
  assert.match(
    out,
    /│ earth +│ gcp +│ +│ staging +│ staging: prod \(rule: staging before prod\) +│/,
  );
  assert.match(out, /│ earth +│ gcp +│ prod +│ \S+prod\.values\.yaml \(rule: hub values file\) +│/);
});

Deno.test("plan prints JSON for machines, with the keys of the interface", async () => {
  await using folder = await smallRepository();
  const args = ["--repo", folder.path, "--changed-files", PROD, "--format", "json"];
  const { out } = await hubwright(["plan", ...args]);
  assert.deepEqual(JSON.parse(out), {
    version: 1,
    base: "",
    head: "",
    support_and_staging: [{
      cluster_name: "earth",
      provider: "gcp",
      upgrade_support: false,
      support_reason: "",
      staging_hubs: ["staging"],
      staging_reason: "prod (rule: staging before prod)",
    }],
    prod: [{
      cluster_name: "earth",
      provider: "gcp",
      hub_name: "prod",
      reason: `${PROD} (rule: hub values file)`,
    }],
    notices: [],
  });
});

Deno.test("plan prints Markdown", async () => {
  await using folder = await smallRepository();
  const args = ["--repo", folder.path, "--changed-files", PROD, "--format", "markdown"];
  const { code, out } = await hubwright(["plan", ...args]);
  assert.equal(code, 0);
  assert.match(out, /^## Deployment plan\n\nThis change upgrades /);
  assert.match(
    out,
    /^\| <code>earth<\/code> \| <code>gcp<\/code> \| \| <code>staging<\/code> \| <code>prod<\/code> \|$/m,
  );
});

Deno.test("plan says that nothing is upgraded", async () => {
  await using folder = await smallRepository();
  const args = ["plan", "--repo", folder.path, "--changed-files", "docs/index.md"];
  assert.deepEqual(await hubwright(args), { code: 0, out: "Nothing is upgraded.\n", err: "" });
});

Deno.test("plan uses colour only where the terminal has it", async () => {
  await using folder = await smallRepository();
  const args = ["plan", "--repo", folder.path, "--changed-files", PROD];
  const { out: plain } = await hubwright(args, { color: false });
  const { out: colorful } = await hubwright(args, { color: true });
  assert.equal(plain.includes("\x1b"), false);
  assert.ok(colorful.includes("\x1b[1m"));
  // deno-lint-ignore no-control-regex -- the codes of colours
  assert.equal(colorful.replaceAll(/\x1b\[\d+m/g, ""), plain);
});

Deno.test("plan fits its tables to the terminal", async () => {
  await using folder = await smallRepository();
  const args = ["plan", "--repo", folder.path, "--changed-files", PROD];
  const { out } = await hubwright(args, { width: 72 });
  const widths = out.split("\n").filter((line) => line.startsWith("│")).map((line) => line.length);
  assert.ok(widths.length > 0 && Math.max(...widths) <= 72, String(widths));
});

Deno.test("plan takes changed files between commas", async () => {
  await using folder = await smallRepository();
  const repo = ["--repo", folder.path];
  assert.deepEqual(releases(await planned(...repo, "--changed-files", `${STAGING},${ROVER},`)), [
    "earth staging",
    "azure.mars rover",
  ]);
  assert.deepEqual(releases(await planned(...repo, "--changed-files", "")), []);
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
    await using folder = await smallRepository();
    await using lists = await Sandbox.create({ list: text });
    const args = ["plan", "--repo", folder.path, "--format", "json", "--changed-files-from"];
    const fromFile = await hubwright([...args, lists.join("list")]);
    const fromInput = await hubwright([...args, "-"], { input: text });
    for (const { code, out } of [fromFile, fromInput]) {
      assert.equal(code, 0);
      assert.deepEqual(releases(JSON.parse(out)), ["earth staging", "azure.mars rover"]);
    }
  });
}

Deno.test("plan takes names as they are between NULs", async () => {
  const name = 'a "b",\nc d.values.yaml';
  await using folder = await smallRepository({
    [earth("cluster.yaml")]: "name: earth\nprovider: gcp\nhubs:\n  - name: prod\n    " +
      `helm_chart_values_files: [${JSON.stringify(name)}]\n`,
  });
  const { out } = await hubwright(
    ["plan", "--repo", folder.path, "--format", "json", "--changed-files-from", "-"],
    { input: `${earth(name)}\0` },
  );
  assert.deepEqual(releases(JSON.parse(out)), ["earth prod"]);
});

Deno.test("plan takes labels", async () => {
  await using folder = await smallRepository();
  const args = ["--repo", folder.path, "--changed-files", PROD, "--labels"];
  const ofLabels = async (...labels: string[]) =>
    releases(await planned(...args, JSON.stringify(labels)));
  assert.deepEqual(await ofLabels("bug"), ["earth staging", "earth prod"]);
  assert.deepEqual(await ofLabels("deployer:skip-deploy"), []);
  assert.deepEqual(await ofLabels("deployer:skip-deploy-hubs"), []);
  assert.deepEqual(await ofLabels("bug", "deployer:deploy-support"), [
    "earth support",
    "earth staging",
    "earth prod",
  ]);
  assert.deepEqual(await ofLabels("deployer:deploy-hubs"), [
    "earth staging",
    "azure.mars rover",
    "earth prod",
  ]);
});

Deno.test("plan takes the names of labels, rules and staging hubs from the config", async () => {
  await using folder = await smallRepository({
    "hubwright.config.ts": `export default {
  labels: { deploySupport: "support please" },
  rules: { allHubs: ["images/**"] },
  isStaging: (hub) => hub.name === "prod",
};\n`,
  });
  const args = ["--repo", folder.path, "--labels", '["support please"]', "--changed-files"];
  const plan = await planned(...args, "images/Dockerfile");
  assert.deepEqual(releases(plan), [
    "earth support",
    "earth prod",
    "azure.mars rover",
    "earth staging",
  ]);
  assert.deepEqual(releases(await planned(...args, "deployer/x")), ["earth support"]);
});

Deno.test("plan takes another config file", async () => {
  await using folder = await smallRepository({
    "hubwright.config.ts": "throw new Error();\n",
    "other.config.ts": 'export default { rules: { allHubs: ["images/**"] } };\n',
  });
  const plan = await planned(
    ...["--repo", folder.path, "--config", folder.join("other.config.ts")],
    ...["--changed-files", "images/Dockerfile"],
  );
  assert.equal(plan.prod.length, 2);
});

Deno.test("plan reads from git what changed", async () => {
  const { folder, before, after } = await committedRepository(STAGING);
  await using _ = folder;
  const plan = await planned("--repo", folder.path, "--base", "HEAD^");
  assert.deepEqual(releases(plan), ["earth staging"]);
  assert.deepEqual([plan.base, plan.head], [before, after]);
});

Deno.test("plan takes the clusters from a head that is not checked out", async () => {
  const { folder, before, after } = await committedRepository(ROVER);
  await using _ = folder;
  await folder.write("config/clusters/azure.mars/cluster.yaml", "name: azure.mars\n");
  await folder.commit("Broken");
  const plan = await planned("--repo", folder.path, "--base", before, "--head", after);
  assert.deepEqual(releases(plan), ["azure.mars rover"]);
});

/** What merging a branch upgrades whose base changed the deployer and removed a hub since. */
Deno.test("plan --base leaves out what the base has changed since, and plan --before does not", async () => {
  const { folder, before } = await committedRepository(STAGING);
  await using _ = folder;
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
    const args = ["--repo", folder.path, "--config", folder.join(".git/config.ts")];
    const merged = await planned(...args, "--base", "base");
    assert.deepEqual(releases(merged), ["earth staging"]);
    assert.deepEqual(merged.notices.map(({ message }) => message), [
      "base has moved on by 1 commit since this change forked off: what these change is not planned " +
      "here",
    ]);
    const pushed = await planned(...args, "--before", "base");
    assert.ok(releases(pushed).includes("azure.mars rover"));
    const explained = await hubwright(["explain", "azure.mars", ...args, "--base", "base"]);
    assert.match(explained.err, /^base has moved on by 1 commit /);
    assert.match(explained.out, /nothing that changed reaches it|nothing changed/);
  }
});

Deno.test("plan says what is not committed, leaves it out, and includes it as WORKTREE", async () => {
  const { folder } = await committedRepository(STAGING);
  await using _ = folder;
  const args = ["--repo", folder.path, "--base", "HEAD^"];
  await folder.write("README.md", "of no rule");
  assert.deepEqual((await planned(...args)).notices, []);
  await folder.write(ROVER, "a: 1");
  await folder.write("config/clusters/earth/cluster.yaml", "name: [");
  const plan = await planned(...args);
  assert.deepEqual(releases(plan), ["earth staging"]);
  assert.deepEqual(plan.notices, [{
    level: "notice",
    message: "What is not committed is left out, config/clusters/azure.mars/rover.values.yaml, " +
      "config/clusters/earth/cluster.yaml: --head WORKTREE includes it",
  }]);
  const { code, err } = await hubwright(["plan", ...args, "--head", "WORKTREE"]);
  assert.match(`${code} ${err}`, /^1 config\/clusters\/earth\/cluster\.yaml:1:8: Cannot parse it/);
  await folder.write("config/clusters/earth/cluster.yaml", "name: earth\nprovider: gcp\n");
  const onDisk = await planned(...args, "--head", "WORKTREE");
  assert.deepEqual(releases(onDisk), ["azure.mars rover"]);
  assert.equal(onDisk.head, "WORKTREE");
  const before = await hubwright(["plan", "--before", "HEAD^", "--head", "WORKTREE"]);
  assert.match(before.err, /^Cannot use --head WORKTREE with --before: only commits are pushed\n/);
});

for (const base of ["0".repeat(40), "1".repeat(40)]) {
  Deno.test(`plan plans everything and says why where the base is ${base.slice(0, 4)}...`, async () => {
    const { folder } = await committedRepository("README.md");
    await using _ = folder;
    const plan = await planned("--repo", folder.path, "--base", base);
    assert.deepEqual(releases(plan), [
      "earth support",
      "earth staging",
      "azure.mars rover",
      "earth prod",
    ]);
    const [notice] = plan.notices;
    assert.equal(notice?.level, "warning");
    assert.match(notice?.message ?? "", /branch is new|is not here/);
  });
}

Deno.test("plan writes the plan file, which is what it prints as JSON", async () => {
  await using folder = await smallRepository();
  await using temp = await Sandbox.create();
  const args = ["--repo", folder.path, "--changed-files", PROD];
  const { code } = await hubwright(["plan", ...args, "--plan-file", temp.join("plan.json")]);
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(await temp.read("plan.json")), await planned(...args));
});

Deno.test("plan sets the outputs without reasons, and appends to the summary", async () => {
  await using folder = await smallRepository();
  await using temp = await Sandbox.create({ output: "earlier=1\n", summary: "Earlier\n" });
  const { code } = await hubwright(
    ["plan", "--repo", folder.path, "--changed-files", `${PROD},${earth("support.values.yaml")}`],
    {
      env: {
        GITHUB_OUTPUT: temp.join("output"),
        GITHUB_STEP_SUMMARY: temp.join("summary"),
      },
    },
  );
  assert.equal(code, 0);
  const { earlier, ...outputs } = parseOutputs(await temp.read("output"));
  assert.equal(earlier, "1");
  assert.deepEqual(outputs, {
    "support-and-staging-matrix-jobs":
      '[{"cluster_name":"earth","provider":"gcp","upgrade_support":true,"staging_hubs":["staging"]}]',
    "prod-hub-matrix-jobs": '[{"cluster_name":"earth","provider":"gcp","hub_name":"prod"}]',
    "canary-clusters": '["earth"]',
  });
  const summary = await temp.read("summary");
  assert.match(summary, /^Earlier\n## Deployment plan\n/);
  assert.match(summary, /canary0\["earth: support chart, staging"\]/);
});

Deno.test("plan sets empty lists where nothing is upgraded", async () => {
  await using folder = await smallRepository();
  await using temp = await Sandbox.create({ output: "" });
  await hubwright(["plan", "--repo", folder.path, "--changed-files", "README.md"], {
    env: { GITHUB_OUTPUT: temp.join("output") },
  });
  assert.deepEqual(parseOutputs(await temp.read("output")), {
    "support-and-staging-matrix-jobs": "[]",
    "prod-hub-matrix-jobs": "[]",
    "canary-clusters": "[]",
  });
});

Deno.test("plan makes what is hidden in names visible in a log", async () => {
  await using folder = await smallRepository();
  const { out } = await hubwright(
    ["plan", "--repo", folder.path, "--changed-files-from", "-"],
    { input: `config/clusters/earth/\u202e\x1b[31m::error::x\0` },
  );
  assert.match(out, /\\u\{202e\}\\u\{?0*1b\}?\[31m/);
  // deno-lint-ignore no-control-regex -- what must not get through
  assert.equal(/[\u202e\x1b]/.test(out), false);
});

Deno.test("plan refuses a matrix with more legs than GitHub makes", async () => {
  const hubs = Array.from({ length: 257 }, (_, index) => `  - name: hub-${index}\n`).join("");
  await using folder = await smallRepository({
    [earth("cluster.yaml")]: `name: earth\nprovider: gcp\nhubs:\n${hubs}`,
  });
  await using temp = await Sandbox.create({ output: "" });
  const { code, out, err } = await hubwright([
    ...["plan", "--repo", folder.path, "--changed-files", earth("cluster.yaml")],
    ...["--plan-file", temp.join("plan.json")],
  ], { env: { GITHUB_OUTPUT: temp.join("output") } });
  assert.deepEqual({ code, out }, { code: 1, out: "" });
  assert.match(
    err,
    /^Cannot plan 257 prod legs: GitHub makes at most 256 jobs of one matrix; .*\n$/,
  );
  assert.deepEqual(await temp.snapshot(), { output: "" });
});

Deno.test("plan takes given paths however a person writes them, from the root", async () => {
  await using folder = await smallRepository();
  const [dotted, spaced] = [`./${PROD}`, `${PROD}, ${ROVER}`];
  assert.deepEqual(
    releases(await planned("--repo", folder.path, "--changed-files", dotted)),
    ["earth staging", "earth prod"],
  );
  assert.deepEqual(
    releases(await planned("--repo", folder.path, "--changed-files", spaced)),
    ["earth staging", "azure.mars rover", "earth prod"],
  );
});

Deno.test("plan refuses given paths that no repository has", async () => {
  await using folder = await smallRepository();
  for (const path of [`${folder.path}/${PROD}`, "config/../deployer/a"]) {
    const { code, out, err } = await hubwright([
      ...["plan", "--repo", folder.path, "--changed-files", path],
    ]);
    assert.deepEqual({ code, out }, { code: 2, out: "" });
    assert.match(
      err,
      /^Cannot use the changed file "[^"]+": expected a path from the repository's/,
    );
  }
});

Deno.test("plan says that a cluster.yaml is broken where a file beside it changed", async () => {
  await using folder = await smallRepository({ "config/clusters/earth/cluster.yaml": "" });
  const { code, err } = await hubwright([
    ...["plan", "--repo", folder.path, "--changed-files", PROD],
  ]);
  assert.equal(code, 1);
  assert.match(err, /^config\/clusters\/earth\/cluster\.yaml:1:1: Cannot parse it as YAML/);
});

Deno.test("plan goes on without a folder that has no cluster.yaml, and warns of it", async () => {
  await using folder = await smallRepository({
    "config/clusters/venus/prod.values.yaml": "",
    "config/clusters/pluto/cluster.yml": "",
  });
  const plan = await planned("--repo", folder.path, "--changed-files", "deployer/a.py");
  assert.equal(plan.prod.length, 2);
  assert.deepEqual(plan.notices.filter(({ level }) => level === "warning"), [
    {
      level: "warning",
      message: "config/clusters/pluto: Cannot find its cluster.yaml: rename its cluster.yml",
    },
    {
      level: "warning",
      message:
        "config/clusters/venus: Cannot find its cluster.yaml: add one, delete the folder, or " +
        'name it in "ignoreClusters"',
    },
  ]);
  assert.equal((await hubwright(["validate", "--repo", folder.path])).code, 1);
});

Deno.test("plan names the repository that is not there", async () => {
  const { code, err } = await hubwright(["plan", "--repo", "/nowhere", "--changed-files", PROD]);
  assert.equal(code, 1);
  assert.match(err, /^Cannot read the repository "\/nowhere": expected a folder/);
});
