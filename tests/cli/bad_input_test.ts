/** That commands end with a line for each mistake, and leave no trace. */
import assert from "node:assert/strict";
import { hubwright } from "./fake_io.ts";
import { earth, smallRepository } from "./repository.ts";
import type { Sandbox } from "./sandbox.ts";
import { stepFiles } from "./step_files.ts";

const CLUSTER = earth("cluster.yaml");
const MARS = "config/clusters/azure.mars/cluster.yaml";
const CONFIG = "hubwright.config.ts";
const NOWHERE = "/nowhere/x";
const PLAN = ["plan", "--changed-files", CLUSTER];

/** What a command says of a repository in which something is wrong: a line for each mistake. */
async function complaints(
  folder: Sandbox,
  args: readonly string[],
  code = 1,
): Promise<readonly string[]> {
  await using step = await stepFiles();
  const before = await folder.snapshot();
  const repo = args.includes("--repo") ? [] : ["--repo", folder.path];
  const ran = await hubwright([...args, ...repo], step);
  assert.deepEqual({ code: ran.code, out: ran.out }, { code, out: "" }, ran.err);
  assert.deepEqual(await folder.snapshot(), before);
  assert.deepEqual(await step.snapshot(), { output: "", summary: "" });
  return ran.err.trimEnd().split("\n");
}

/** What is wrong with a repository, and the line that says so. */
const REPOSITORIES: Readonly<
  Record<string, readonly [files: Readonly<Record<string, string>>, line: RegExp]>
> = {
  "malformed YAML": [
    { [CLUSTER]: "name: earth\nhubs: [\n" },
    /^config\/clusters\/earth\/cluster\.yaml:3:1: Cannot parse it as YAML: /,
  ],
  "a hub twice": [
    { [CLUSTER]: "name: earth\nprovider: gcp\nhubs:\n  - name: a\n  - name: a\n" },
    /cluster\.yaml:5:11: Cannot have two hubs named "a" on one cluster: rename one of them$/,
  ],
  "two clusters that a verdict cannot tell apart": [
    { "config/clusters/azure-mars/cluster.yaml": "name: azure-mars\nprovider: azure\n" },
    /^config\/clusters\/\S+: Cannot tell the clusters "azure[.-]mars" and "azure[.-]mars" apart: /,
  ],
  "a config that throws": [
    { [CONFIG]: '\nthrow new Error("no luck");\n' },
    /^hubwright\.config\.ts:2:7: Cannot load it: it threw "no luck"$/,
  ],
  "a config with an unknown key": [
    { [CONFIG]: "export default { rule: {} };\n" },
    /^hubwright\.config\.ts:1:18: Cannot read it: found the unknown key "rule"/,
  ],
  "a config that cannot tell what is staging": [
    { [CONFIG]: "export default { isStaging: (hub) => hub.no.name };\n" },
    /^hubwright\.config\.ts: Cannot tell whether the hub "\w+" is staging: isStaging threw /,
  ],
};

for (const [what, [files, line]] of Object.entries(REPOSITORIES)) {
  Deno.test(`plan, generate answer ${what} with one line, and write nothing`, async () => {
    await using folder = await smallRepository(files);
    for (const args of [[...PLAN, "--plan-file", folder.join("plan.json")], ["generate"]]) {
      const [found = "", ...more] = await complaints(folder, args);
      assert.deepEqual(more, []);
      assert.match(found, line);
    }
  });
}

Deno.test("generate answers a cluster folder that is empty with one line", async () => {
  await using folder = await smallRepository({ "config/clusters/pluto/": "" });
  const lines = await complaints(folder, ["generate"]);
  assert.match(
    lines.join("\n"),
    /^config\/clusters\/pluto: Cannot find its cluster\.yaml: add one, .*$/,
  );
});

Deno.test("generate answers a pause of what is not there with one line", async () => {
  const ledger = `ledger: { since: "${"a".repeat(40)}" }`;
  await using folder = await smallRepository({
    [CONFIG]: `export default { ${ledger}, paused: { earth: "1", earht: "2" } };\n`,
  });
  assert.deepEqual(await complaints(folder, ["generate"]), [
    `${CONFIG}: Cannot pause "earht": there is no such cluster; did you mean "earth"?`,
  ]);
});

Deno.test("plan, generate answer all that is wrong at once", async () => {
  await using folder = await smallRepository({
    [CLUSTER]: "provider: 1\nhubs:\n  - name: A\n  - name: 2\n",
    [MARS]: "name: azure.mars\n",
  });
  for (const args of [["plan", "--changed-files", `${CLUSTER},${MARS}`], ["generate"]]) {
    const lines = await complaints(folder, args);
    const fields = lines.map((line) => /Cannot read "([^"]+)"/.exec(line)?.[1] ?? line);
    const expected = ["hubs[0].name", "hubs[1].name", "name", "provider", "provider"];
    assert.deepEqual(fields.sort(), expected);
  }
});

/** Options with which a command cannot work, how it ends, and the line that says so. */
const OPTIONS: readonly (readonly [args: readonly string[], line: RegExp, code?: number])[] = [
  ...[PLAN, ["generate"]].flatMap((args) =>
    [
      [[...args, "--repo", NOWHERE], /^Cannot read the repository "\/nowhere\/x": expected a fol/],
      [[...args, "--config", NOWHERE], /^\/nowhere\/x: Cannot find the config: expected a file$/],
    ] as const
  ),
  [
    ["plan", "--base", "HEAD"],
    /^Cannot ask git what changed in "\/.*": not a git repository.*; run in a git repository, or give/,
  ],
  [["plan", "--changed-files-from", NOWHERE], /^\/nowhere\/x: Cannot read the list of changed fil/],
  [[...PLAN, "--plan-file", NOWHERE], /^\/nowhere\/x: Cannot write the plan: /],
  [
    [...PLAN, "--labels", "deployer:deploy-hubs"],
    /^Cannot read "--labels": expected a list of label names as JSON, found the text "deployer:deploy-hubs"$/,
    2,
  ],
  [
    [...PLAN, "--labels", '["a", 3]'],
    /^Cannot read "--labels\[1\]": expected text, found the number 3$/,
    2,
  ],
];

for (const [args, line, code = 1] of OPTIONS) {
  Deno.test(`hubwright answers "${args.join(" ")}" with one line, and writes nothing`, async () => {
    await using folder = await smallRepository();
    const [found = "", ...more] = await complaints(folder, args, code);
    assert.match(found, line);
    assert.deepEqual(more, code === 2 ? ['Run "hubwright --help" for help.'] : []);
  });
}

Deno.test("plan answers outputs that cannot be set", async () => {
  await using folder = await smallRepository();
  const env = { GITHUB_OUTPUT: folder.join("nowhere/output") };
  const { code, out, err } = await hubwright([...PLAN, "--repo", folder.path], { env });
  assert.deepEqual({ code, out }, { code: 1, out: "" });
  assert.match(err, /^\S+\/nowhere\/output: Cannot write to it: .*\n$/);
});

Deno.test("plan annotates the place of a mistake inside GitHub Actions", async () => {
  await using folder = await smallRepository({ [CLUSTER]: "name: earth\nprovider: 5\n" });
  const env = { GITHUB_ACTIONS: "true" };
  const { code, err } = await hubwright([...PLAN, "--repo", folder.path], { env });
  assert.equal(code, 1);
  const place = `::error file=${CLUSTER},line=2,col=11::${CLUSTER}:2:11: Cannot read "provider"`;
  assert.ok(err.startsWith(place) && err.endsWith("\n"), err);
});
