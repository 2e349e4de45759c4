import assert from "node:assert/strict";
import { hubwright } from "./fake_io.ts";
import { committedRepository, earth, smallRepository } from "./repository.ts";
import { Sandbox } from "./sandbox.ts";

const CLUSTER = earth("cluster.yaml");

/**
 * Runs a command on a repository in which something is wrong. It has to end with one line for each
 * mistake, print nothing else, and leave no trace.
 */
async function complaints(
  folder: Sandbox,
  args: readonly string[],
  code = 1,
): Promise<readonly string[]> {
  await using step = await Sandbox.create({ output: "", summary: "" });
  const before = await folder.snapshot();
  const ran = await hubwright([...args, "--repo", folder.path], {
    env: { GITHUB_OUTPUT: step.join("output"), GITHUB_STEP_SUMMARY: step.join("summary") },
  });
  assert.deepEqual({ code: ran.code, out: ran.out }, { code, out: "" }, ran.err);
  assert.deepEqual(await folder.snapshot(), before);
  assert.deepEqual(await step.snapshot(), { output: "", summary: "" });
  return ran.err.trimEnd().split("\n");
}

function plan(folder: Sandbox, ...changed: readonly string[]): Promise<readonly string[]> {
  const planFile = folder.join("plan.json");
  const files = changed.join(",") || CLUSTER;
  return complaints(folder, ["plan", "--changed-files", files, "--plan-file", planFile]);
}

/** A `cluster.yaml` in which something is wrong, with the place and what the line has to say. */
const CLUSTERS: readonly (readonly [what: string, text: string, line: RegExp])[] = [
  [
    "malformed YAML",
    "name: earth\nhubs: [\n",
    /:3:1: Cannot parse it as YAML: /,
  ],
  [
    "a tab in YAML",
    "name: earth\nprovider: gcp\nsupport:\n\thelm_chart_values_files: []\n",
    /:4:1: Cannot parse it as YAML: .*tab.*; indent with spaces$/,
  ],
  ["a key twice", "name: earth\nname: mars\n", /:2:\d+: Cannot parse it as YAML: /],
  ["an empty file", "", /: Cannot parse it as YAML: expected a document, but the input is empty$/],
  [
    "a list for a file",
    "- name: earth\n",
    /:1:1: Cannot read it: expected a mapping, found a list$/,
  ],
  [
    "a number for a name",
    "name: 5\nprovider: gcp\n",
    /:1:7: Cannot read "name": expected text, found the number 5$/,
  ],
  [
    "text for a list",
    "name: earth\nprovider: gcp\nhubs: staging\n",
    /:3:7: Cannot read "hubs": expected a list, found the text "staging"$/,
  ],
  [
    "a missing name",
    "provider: gcp\n",
    /:1:1: Cannot read "name": expected text, found nothing$/,
  ],
  [
    "a hub without name",
    "name: earth\nprovider: gcp\nhubs:\n  - helm_chart_values_files: []\n",
    /:4:5: Cannot read "hubs\[0\]\.name": expected text, found nothing$/,
  ],
  [
    "a name that a shell could misread",
    "name: earth\nprovider: gcp\nhubs:\n  - name: $(id)\n",
    /:4:11: Cannot read "hubs\[0\]\.name": expected a name of a-z and 0-9, .* found the text "\$\(id\)"$/,
  ],
  [
    "a hub twice",
    "name: earth\nprovider: gcp\nhubs:\n  - name: a\n  - name: b\n  - name: a\n",
    /:6:11: Cannot have two hubs named "a" on one cluster: rename one of them$/,
  ],
  [
    "another name than the folder's",
    "name: mars\nprovider: gcp\n",
    /:1:7: Cannot use the name "mars" in the folder "earth": expected both to be the same/,
  ],
  [
    "a values file outside the repository",
    "name: earth\nprovider: gcp\nsupport:\n  helm_chart_values_files: [../../../../x.yaml]\n",
    /:4:29: Cannot use the values file "\.\.\/\.\.\/\.\.\/\.\.\/x\.yaml": expected a path inside/,
  ],
];

for (const [what, text, line] of CLUSTERS) {
  Deno.test(`plan, generate answer ${what} with its place, and write nothing`, async () => {
    await using folder = await smallRepository({ [CLUSTER]: text });
    for (const found of [await plan(folder), await complaints(folder, ["generate"])]) {
      assert.equal(found.length, 1, found.join("\n"));
      assert.ok(found[0]?.startsWith(CLUSTER), found[0]);
      assert.match(found[0] ?? "", line);
    }
  });
}

/** A repository in which something else is wrong. */
const REPOSITORIES: readonly (readonly [
  what: string,
  files: Readonly<Record<string, string>>,
  line: RegExp,
])[] = [
  [
    "a cluster folder that is empty",
    { "config/clusters/pluto/": "" },
    /^config\/clusters\/pluto: Cannot find its cluster\.yaml: add one, delete the folder, or name it/,
  ],
  [
    "two clusters that a verdict cannot tell apart",
    { "config/clusters/azure-mars/cluster.yaml": "name: azure-mars\nprovider: azure\n" },
    /^config\/clusters\/\S+: Cannot tell the clusters "azure[.-]mars" and "azure[.-]mars" apart: /,
  ],
  [
    "a config that throws",
    { "hubwright.config.ts": '\nthrow new Error("no luck");\n' },
    /^hubwright\.config\.ts:2:7: Cannot load it: no luck$/,
  ],
  [
    "a config that is no TypeScript",
    { "hubwright.config.ts": "export default {\n  a b\n};\n" },
    /^hubwright\.config\.ts:2:\d+: Cannot load it: /,
  ],
  [
    "a config without default export",
    { "hubwright.config.ts": "export const config = {};\n" },
    /^hubwright\.config\.ts: Cannot use it: expected "export default defineConfig/,
  ],
  [
    "a config with an unknown key",
    { "hubwright.config.ts": "export default { rule: {} };\n" },
    /^hubwright\.config\.ts: Cannot read it: found the unknown key "rule"/,
  ],
  [
    "a config with a pattern that GitHub reads differently",
    { "hubwright.config.ts": 'export default { rules: { allHubs: ["a?.yaml"] } };\n' },
    /^hubwright\.config\.ts: Cannot read "rules\.allHubs\[0\]": /,
  ],
  [
    "a config that cannot tell what is staging",
    { "hubwright.config.ts": "export default { isStaging: (hub) => hub.no.name };\n" },
    /^hubwright\.config\.ts: Cannot tell whether the hub "\w+" is staging: isStaging threw /,
  ],
];

for (const [what, files, line] of REPOSITORIES) {
  Deno.test(`plan, generate answer ${what} with one line, and write nothing`, async () => {
    await using folder = await smallRepository(files);
    for (const found of [await plan(folder), await complaints(folder, ["generate"])]) {
      assert.equal(found.length, 1, found.join("\n"));
      assert.match(found[0] ?? "", line);
    }
  });
}

Deno.test("plan, generate answer all that is wrong at once, sorted by place", async () => {
  await using folder = await smallRepository({
    [CLUSTER]: "provider: 1\nhubs:\n  - name: A\n  - name: 2\n",
    "config/clusters/azure.mars/cluster.yaml": "name: azure.mars\n",
  });
  const expected = ["provider", "name", "hubs[0].name", "hubs[1].name", "provider"].sort();
  const found = [
    await plan(folder, CLUSTER, "config/clusters/azure.mars/cluster.yaml"),
    await complaints(folder, ["generate"]),
  ];
  for (const lines of found) {
    const fields = lines.map((line) => /Cannot read "([^"]+)"/.exec(line)?.[1] ?? line);
    assert.deepEqual(fields.sort(), expected);
  }
});

Deno.test("plan, generate answer a folder that is no infrastructure repository", async () => {
  await using folder = await Sandbox.create({ "README.md": "Hello" });
  for (const found of [await plan(folder), await complaints(folder, ["generate"])]) {
    assert.deepEqual(found, [
      'config/clusters: Cannot find the folder of clusters: expected a folder; set "clustersDir" ' +
      "in hubwright.config.ts, or run in the infrastructure repository",
    ]);
  }
});

Deno.test("plan, generate answer a repository that is a file with one line", async () => {
  await using folder = await smallRepository();
  for (const args of [["plan", "--changed-files", CLUSTER], ["generate"]]) {
    const { code, err } = await hubwright([...args, "--repo", folder.join(CLUSTER)]);
    assert.equal(code, 1, err);
    assert.equal(err.trimEnd().split("\n").length, 1);
  }
});

Deno.test("plan, generate answer a config that is not there", async () => {
  await using folder = await smallRepository();
  for (const args of [["plan", "--changed-files", CLUSTER], ["generate"]]) {
    assert.deepEqual(await complaints(folder, [...args, "--config", "/nowhere.ts"]), [
      "/nowhere.ts: Cannot find the config: expected a file",
    ]);
  }
});

Deno.test("plan answers a folder without git", async () => {
  await using folder = await smallRepository();
  const [line = "", ...more] = await complaints(folder, ["plan", "--base", "HEAD"]);
  assert.deepEqual(more, []);
  assert.match(line, /^Cannot ask git what changed in "\/.*": not a git repository/);
  assert.match(
    line,
    /; run in a git repository, or give the changed files with --changed-files or/,
  );
});

for (
  const [what, args, line] of [
    ["a base", ["--base", "mian"], /--base "mian"/],
    ["a head", ["--base", "HEAD", "--head", "mian"], /--head "mian"/],
    ["a base like a revision", ["--base", "HEAD^9"], /--base "HEAD\^9"/],
    ["a head like an option", ["--base=HEAD", "--head=--output=x"], /--head "--output=x"/],
    ["a base with a line break", ["--base=HEAD\nHEAD"], /--base "HEAD\\+nHEAD"/],
  ] as const
) {
  Deno.test(`plan answers ${what} that git does not know`, async () => {
    const { folder } = await committedRepository(CLUSTER);
    await using _ = folder;
    const [found = "", ...more] = await complaints(folder, ["plan", ...args]);
    assert.deepEqual(more, []);
    assert.match(found, line);
  });
}

for (
  const [what, labels] of [
    ["no JSON", "deployer:deploy-hubs"],
    ["a mapping", '{"a":1}'],
    ["a list of numbers", '["a", 3]'],
    ["JSON with more behind it", "[] []"],
  ] as const
) {
  Deno.test(`plan answers labels that are ${what}`, async () => {
    await using folder = await smallRepository();
    const args = ["plan", "--changed-files", CLUSTER, "--labels", labels];
    const [line = "", hint, ...more] = await complaints(folder, args, 2);
    assert.match(line, /^Cannot read "--labels(?:\[1\])?": expected /);
    assert.equal(hint, 'Run "hubwright --help" for help.');
    assert.deepEqual(more, []);
  });
}

Deno.test("plan says which label is no text, and what it is", async () => {
  await using folder = await smallRepository();
  const args = ["plan", "--changed-files", CLUSTER, "--labels", '["a", 3]'];
  const [line] = await complaints(folder, args, 2);
  assert.equal(line, 'Cannot read "--labels[1]": expected text, found the number 3');
});

Deno.test("plan answers a list of changed files that is not there", async () => {
  await using folder = await smallRepository();
  const args = ["plan", "--changed-files-from", folder.join("list")];
  const [line = "", ...more] = await complaints(folder, args);
  assert.ok(line.startsWith(`${folder.join("list")}: Cannot read the list of changed files: `));
  assert.deepEqual(more, []);
});

Deno.test("plan answers a plan file that cannot be written, and sets no output", async () => {
  await using folder = await smallRepository();
  const path = folder.join("nowhere/plan.json");
  const args = ["plan", "--changed-files", CLUSTER, "--plan-file", path];
  const [line = "", ...more] = await complaints(folder, args);
  assert.ok(line.startsWith(`${path}: Cannot write the plan: `), line);
  assert.deepEqual(more, []);
});

Deno.test("plan answers outputs that cannot be set", async () => {
  await using folder = await smallRepository();
  const { code, out, err } = await hubwright(
    ["plan", "--repo", folder.path, "--changed-files", CLUSTER],
    { env: { GITHUB_OUTPUT: folder.join("nowhere/output") } },
  );
  assert.deepEqual({ code, out }, { code: 1, out: "" });
  assert.match(err, /^\S+\/nowhere\/output: Cannot write to it: .*\n$/);
});

Deno.test("plan annotates the place of a mistake inside GitHub Actions", async () => {
  await using folder = await smallRepository({ [CLUSTER]: "name: earth\nprovider: 5\n" });
  const { code, err } = await hubwright(
    ["plan", "--repo", folder.path, "--changed-files", CLUSTER],
    { env: { GITHUB_ACTIONS: "true" } },
  );
  assert.equal(code, 1);
  assert.equal(
    err,
    `::error file=${CLUSTER},line=2,col=11::${CLUSTER}:2:11: Cannot read "provider": expected ` +
      "text, found the number 5\n",
  );
});
