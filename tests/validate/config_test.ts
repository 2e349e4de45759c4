import assert from "node:assert/strict";
import { hubwright } from "../cli/fake_io.ts";
import { asLine, EARTH, EARTH_TEXT, earthWith, repositoryWith, validated } from "./validated.ts";

const CONFIG = "hubwright.config.ts";
Deno.test("a mistake in the config hides no mistake elsewhere", async () => {
  await using folder = await repositoryWith({
    [CONFIG]: "export default { defaultBranch: 3, ignoreClusters: ['drafts'] };\n",
    "config/clusters/templates/cluster.yaml": null,
    "config/clusters/templates/hub.values.yaml": null,
    [EARTH]: earthWith("provider: gcp", "provider: 5").replace("prod.values", "prd.values"),
  });
  const { code, errors, warnings, unchecked } = await validated(folder);
  assert.equal(code, 1);
  assert.deepEqual(errors.map(({ rule, file }) => `${rule} ${file}`), [
    `cluster-file ${EARTH}`,
    `missing-file ${EARTH}`,
    `config ${CONFIG}`,
  ]);
  assert.deepEqual(warnings.map(({ rule, file }) => `${rule} ${file}`), [
    "unreferenced-file config/clusters/earth/prod.values.yaml",
    `missing-folder ${CONFIG}`,
  ]);
  assert.deepEqual(unchecked, []);
});

Deno.test("rules wait that rest on a key of the config which is wrong", async () => {
  const text = earthWith("name: staging", "name: stage").replace("prod.values", "gone.values");
  const ofClusters = "idle-wave no-wave unknown-pause unreferenced-file";
  for (
    const [config, rules] of [
      ["{ isStaging: 3 }", "no-canary"],
      ["{ rules: { allHubs: 3 } }", "unmatched-pattern unreferenced-file unwatched-file"],
      ["{ chartsDir: '../charts' }", "unknown-chart"],
      ["{ clustersDir: 3 }", `case-collision large-fleet missing-folder ${ofClusters}`],
      ["{ ignoreClusters: 'templates' }", ofClusters],
      ["{ setup: 3 }", "missing-action"],
    ] as const
  ) {
    const changes = { [CONFIG]: `export default ${config};\n`, [EARTH]: text };
    await using folder = await repositoryWith(changes);
    const { errors, warnings, unchecked } = await validated(folder);
    const waiting = rules.split(" ");
    assert.deepEqual(unchecked, waiting.toSorted());
    assert.deepEqual(errors.map(({ rule }) => rule), ["missing-file", "config"], config);
    const expected = ["no-canary", "unreferenced-file"].filter((rule) => !waiting.includes(rule));
    assert.deepEqual(warnings.map(({ rule }) => rule).sort(), expected, config);
  }
});

Deno.test("a pause waits for a cluster that cannot be read", async () => {
  await using folder = await repositoryWith({
    [CONFIG]: `export default { ledger: { since: "${"a".repeat(40)}" }, paused: { mars: "1" } };\n`,
    "config/clusters/mars/cluster.yaml": "name: [",
  });
  const { errors } = await validated(folder);
  assert.deepEqual(errors.map(({ rule }) => rule), ["cluster-file"]);
});

for (
  const [what, config, message] of [
    ["does not parse", "export default {\n  a b\n};\n", /^Cannot load it: /],
    ["throws", 'throw new Error("no luck");\n', /^Cannot load it: it threw "no luck"$/],
    ["exports a promise", "export default Promise.resolve({});\n", /expected a mapping, found /],
    [
      "throws where it is read",
      `export default { get rules() { throw "no luck"; } };\n`,
      /it threw/,
    ],
    ["exports nothing", "export const config = {};\n", /found no default export$/],
    ["has an unknown key", "export default { clusterDir: 'x' };\n", /unknown key "clusterDir"/],
  ] as const
) {
  Deno.test(`where the config ${what}, the cluster files are checked by themselves`, async () => {
    await using folder = await repositoryWith({
      [CONFIG]: config,
      [EARTH]: earthWith("name: staging", "name: stage").replace("prod.values", "gone.values"),
      "config/clusters/drafts/": "",
    });
    const { errors, warnings, unchecked } = await validated(folder);
    assert.deepEqual(errors.map(({ rule }) => rule), ["missing-file", "config"]);
    assert.match(errors[1]?.message ?? "", message);
    assert.deepEqual(warnings, []);
    assert.ok(unchecked.includes("no-canary") && unchecked.includes("unreferenced-file"));
  });
}

for (
  const [read, expected] of [
    ["null", ["no-cluster"]],
    ['{ name: "earth", provider: "gcp", support: {} }', []],
    ['{ name: "Earth" }', []],
  ] as const
) {
  Deno.test(`validate and generate warn of a clusters.read that gives no cluster, where it gives ${read}`, async () => {
    await using folder = await repositoryWith({
      [CONFIG]:
        `export default { clusters: { files: "config/clusters/earth/*.yaml", read: () => (${read}) } };`,
    });
    const { warnings } = await validated(folder);
    assert.deepEqual(warnings.map(({ rule }) => rule), expected);
    const { err } = await hubwright(["generate", "--repo", folder.path]);
    assert.equal(
      /"clusters\.read" gives no cluster for any file of "config\/clusters\/earth/.test(err),
      expected.length > 0,
    );
  });
}

Deno.test("a config that cannot be used does not send anyone to another folder", async () => {
  await using folder = await repositoryWith({ [CONFIG]: "export default { clusterDir: 'x' };\n" });
  await Deno.rename(folder.join("config/clusters"), folder.join("clusters"));
  assert.deepEqual((await validated(folder)).errors.map(({ file }) => file), [CONFIG]);
  await Deno.remove(folder.join(CONFIG));
  const { errors, warnings } = await validated(folder);
  assert.match(
    errors.map(asLine).join("\n"),
    /^config\/clusters: Cannot find the folder of clusters/,
  );
  assert.deepEqual(warnings, []);
});

Deno.test("where isStaging fails, that alone is not known of any cluster", async () => {
  const mars = EARTH_TEXT.replace("earth", "mars").replaceAll(/(?<=- )(?!name|\.)/g, "../earth/");
  await using folder = await repositoryWith({
    [CONFIG]: "export default { isStaging: (hub) => hub.no.name };\n",
    "config/clusters/mars/cluster.yaml": mars.replace("prod.values", "gone.values"),
  });
  const { errors, warnings, unchecked } = await validated(folder);
  assert.deepEqual(errors.map(({ rule }) => rule), ["missing-file", "config"]);
  assert.match(errors[1]?.message ?? "", /isStaging threw /);
  assert.deepEqual(warnings, []);
  assert.deepEqual(unchecked, ["no-canary"]);
});

Deno.test("a lock of actions that cannot be read is found beside the rest", async () => {
  await using folder = await repositoryWith({
    "actions.lock.json": "{",
    [CONFIG]: "export default { setup: () => { throw new Error('no'); } };\n",
  });
  const { errors } = await validated(folder);
  assert.deepEqual(errors.map(({ rule, file }) => `${rule} ${file}`), [
    "config actions.lock.json",
    `config ${CONFIG}`,
  ]);
});

Deno.test("hubwright validate answers a repository that is not there with one line", async () => {
  await using folder = await repositoryWith();
  for (const repo of [folder.join("nowhere"), folder.join(EARTH)]) {
    assert.deepEqual(await hubwright(["validate", "--repo", repo]), {
      code: 1,
      out: "",
      err: `Cannot read the repository ${JSON.stringify(repo)}: expected a folder\n`,
    });
  }
});

Deno.test("hubwright validate looks at the config that is named, and finds where it is not", async () => {
  await using folder = await repositoryWith({
    "other.ts": "export default { ignoreClusters: ['templates', 'drafts'] };\n",
  });
  const config = folder.join("other.ts");
  const { warnings } = await validated(folder, "--config", config);
  assert.deepEqual(warnings.map(({ file, line }) => [file, line]), [[config, 1]]);
  const { errors } = await validated(folder, "--config", "/nowhere.ts");
  assert.deepEqual(errors.map(asLine), ["/nowhere.ts: Cannot find the config: expected a file"]);
});
