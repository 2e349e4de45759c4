import assert from "node:assert/strict";
import fc from "fast-check";
import { hubwright } from "../cli/fake_io.ts";
import { copyExample, ROOT, Sandbox } from "../cli/sandbox.ts";
import { RULES } from "../../src/validate/checks.ts";
import { findingsTables } from "../../src/validate/findings_report.ts";
import { memoryRepository } from "./memory.ts";
import { EARTH, EARTH_TEXT, earthWith, repositoryWith, SOUND, validated } from "./validated.ts";

const PROD = "config/clusters/earth/prod.values.yaml";
const OLD = "config/clusters/earth/old.values.yaml";
const validate = (folder: Sandbox, ...args: readonly string[]) =>
  hubwright(["validate", "--repo", folder.path, ...args]);

const NEITHER = "1 cluster: no errors, no warnings.\n";

for (
  const [what, changes, codes, end] of [
    ["nothing", {}, [0, 0], NEITHER],
    ["an error", { [PROD]: null }, [1, 1], "\n1 cluster: 1 error, no warnings.\n"],
    ["a warning", { [OLD]: "a: 1\n" }, [0, 1], "\n1 cluster: no errors, 1 warning.\n"],
    [
      "a rule that waits",
      { "hubwright.config.ts": "export default { isStaging: 3 };\n" },
      [1, 1],
      "\nNot checked until the config is fixed: no-canary.\n",
    ],
  ] as const
) {
  Deno.test(`hubwright validate counts ${what}, and its exit code tells, strict or not`, async () => {
    await using folder = await repositoryWith(changes);
    for (const [index, args] of [[], ["--strict"]].entries()) {
      const { code, out, err } = await validate(folder, ...args);
      assert.deepEqual([code, err], [codes[index], ""]);
      assert.ok(end === NEITHER ? out === end : out.endsWith(end), out);
    }
  });
}

Deno.test("hubwright validate finds nothing in the example but what it accepts, and reads it alone", async () => {
  await using folder = await copyExample();
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--config", `${ROOT}/deno.json`, `--allow-read=.,${ROOT}`]
      .concat("--allow-env=GITHUB_ACTIONS", `${ROOT}/src/cli/main.ts`, "validate", "--strict"),
    cwd: folder.path,
  }).output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  assert.equal(out, "6 clusters: no errors, no warnings, 1 accepted.\n");
  assert.deepEqual([code, err], [0, ""]);
});

Deno.test("hubwright validate gives errors and warnings apart: as tables, as JSON, as annotations", async () => {
  await using folder = await repositoryWith({ [PROD]: null, [OLD]: "a: 1\n" });
  const wrong =
    `Cannot find the file "prod.values.yaml" of the hub prod: expected a file ${PROD}, ` +
    "found nothing; add it or correct the name";
  const doubtful =
    'Cannot tell what reads it: no "helm_chart_values_files" names it, so a change ' +
    "to it upgrades nothing; name it or delete it";
  const [errors = "", warnings = ""] = (await validate(folder)).out.split("\nWarnings\n");
  assert.match(errors, /^Errors\n┌/);
  assert.ok(errors.includes(`│ ${EARTH}:16:9 │ missing-file │ Cannot find the file "prod.values`));
  assert.match(warnings, /│ config\/clusters\/earth\/old\.values\.yaml │ unreferenced-file │ /);

  const args = ["validate", "--repo", folder.path, "--format", "json"];
  const { out, err } = await hubwright(args, { env: { GITHUB_ACTIONS: "true" } });
  assert.deepEqual(JSON.parse(out), {
    version: 1,
    clusters: 1,
    errors: [
      { level: "error", rule: "missing-file", file: EARTH, line: 16, column: 9, message: wrong },
    ],
    warnings: [{
      ...{ level: "warning", rule: "unreferenced-file", file: OLD, line: null, column: null },
      message: doubtful,
    }],
    accepted: [],
    left_out: {},
    unchecked: [],
  });
  assert.deepEqual(err.trimEnd().split("\n"), [
    `::error file=${EARTH},line=16,col=9::${EARTH}:16:9: ${wrong} (missing-file)`,
    `::warning file=${OLD}::${OLD}: ${doubtful} (unreferenced-file)`,
  ]);
  assert.equal((await hubwright(args)).err, "");
});

Deno.test("findingsTables() uses colour only where it is wanted", () => {
  const errors = [{ rule: "config" as const, message: "x" }];
  const report = { clusters: 1, errors, warnings: [], accepted: [], leftOut: {}, unchecked: [] };
  assert.match(findingsTables(report, { color: false, width: 80 }), /^Errors\n/);
  const colored = findingsTables(report, { color: true, width: 80 });
  assert.ok(colored.startsWith("\x1b[31mErrors\x1b[39m\n"));
});

Deno.test("hubwright validate finds all mistakes at once, in all clusters", async () => {
  await using folder = await repositoryWith({
    "config/clusters/mars/cluster.yaml": "name: mars\nprovider: gcp\nhubs: [\n",
    "config/clusters/venus/cluster.yaml": "name: mars\nhubs:\n  - nam: A\n",
    "config/clusters/pluto/": "",
    [EARTH]: earthWith("name: staging", "name: stage").replace("prod.values", "prd.values")
      .replace("helm_chart: basehub", "helm_chart: binderhub"),
  });
  const { code, clusters, errors, warnings } = await validated(folder);
  assert.deepEqual({ code, clusters }, { code: 1, clusters: 3 });
  assert.deepEqual(errors.map(({ rule, file, line }) => [rule, file, line]), [
    ["missing-file", EARTH, 16],
    ["cluster-file", "config/clusters/mars/cluster.yaml", 4],
    ["cluster-file", "config/clusters/pluto", null],
    ["cluster-file", "config/clusters/venus/cluster.yaml", 1],
    ["cluster-file", "config/clusters/venus/cluster.yaml", 3],
  ]);
  assert.deepEqual(warnings.map(({ rule, file, line }) => [rule, file, line]), [
    ["no-canary", EARTH, 6],
    ["unknown-chart", EARTH, 8],
    ["unreferenced-file", PROD, null],
    ["mistyped-key", "config/clusters/venus/cluster.yaml", 3],
  ]);
});

Deno.test("a file that is not YAML may name what no other cluster does", async () => {
  await using folder = await repositoryWith({
    "config/clusters/mars/cluster.yaml": "name: mars\nhubs: [ #  x.values.yaml\n",
    "config/clusters/mars/x.values.yaml": "a: 1\n",
    "config/clusters/mars/y.values.yaml": "a: 1\n",
    "config/clusters/pluto/z.values.yaml": "a: 1\n",
  });
  const { warnings } = await validated(folder);
  assert.deepEqual(warnings.map(({ file }) => file), ["config/clusters/mars/y.values.yaml"]);
});

Deno.test("a comment accepts a warning on its line or the next, and nothing else", () => {
  const text = earthWith("name: staging", "name: stage");
  for (
    const [hubs, expected] of [
      ["# hubwright-accept no-canary: small\nhubs:", 1],
      ["hubs: # hubwright-accept no-canary", 1],
      ["# hubwright-accept no-canary\n\nhubs:", 0],
      ["# hubwright-accept unknown-chart\nhubs:", 0],
      ["# no-canary\nhubs:", 0],
      ["note: hubwright-accept no-canary\nhubs:", 0],
    ] as const
  ) {
    const files = { ...SOUND, [EARTH]: text.replace("hubs:", hubs) };
    const { accepted, warnings } = memoryRepository(files).report();
    assert.deepEqual([accepted.length, warnings.length], [expected, 1 - expected], hubs);
  }
});

Deno.test("a comment accepts a warning about the config, and no error", async () => {
  await using folder = await repositoryWith({
    "hubwright.config.ts": "export default {\n  // hubwright-accept missing-folder: soon\n" +
      '  ignoreClusters: ["templates", "drafts"],\n};\n',
    [PROD]: null,
    [EARTH]: earthWith("- prod.values.yaml", "- prod.values.yaml # hubwright-accept missing-file"),
  });
  const { code, errors, warnings, accepted } = await validated(folder);
  assert.deepEqual([code, errors.length, warnings.length], [1, 1, 0]);
  assert.deepEqual(accepted.map(({ line }) => line), [3]);
});

Deno.test("validate() does not depend on the order of files or clusters", () => {
  const other = (name: string) =>
    EARTH_TEXT.replace("earth", name).replace("support:", "suport:").replace("staging", "stage");
  const files: Readonly<Record<string, string>> = {
    ...SOUND,
    "config/clusters/mars/cluster.yaml": other("mars"),
    "config/clusters/mars/prd.values.yaml": "",
    "config/clusters/mars/Prd.values.yaml": "",
    "config/clusters/venus/cluster.yaml": other("venus").replace("prod.", "../mars/x."),
    "config/clusters/azure.pluto/cluster.yaml": "name: x\nprovider: gcp\n",
    "config/clusters/old.values.yaml": "",
  };
  const expected = memoryRepository(files).report();
  const rules = new Set([...expected.errors, ...expected.warnings].map(({ rule }) => rule));
  assert.ok(rules.size >= 6 && rules.has("case-collision"), [...rules].join());
  const paths = Object.keys(files);
  fc.assert(
    fc.property(
      fc.shuffledSubarray(paths, { minLength: paths.length, maxLength: paths.length }),
      (shuffled) => {
        const same = Object.fromEntries(shuffled.map((path) => [path, files[path] ?? ""]));
        assert.deepEqual(memoryRepository(same).report(), expected);
      },
    ),
    { numRuns: 50 },
  );
});

Deno.test("docs/validating.md lists every rule, its level and its meaning", async () => {
  const page = await Deno.readTextFile(`${ROOT}/docs/validating.md`);
  const rows = page.split("\n").filter((line) => line.startsWith("| `"))
    .map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()));
  assert.deepEqual(
    rows,
    Object.entries(RULES).map(([rule, { level, means }]) => [`\`${rule}\``, level, means]),
  );
});

Deno.test("validate() keeps some of very many findings, and counts the rest", () => {
  const many = 20_000;
  const names = Array.from({ length: many }, (_, index) => `${index}.values.yaml`);
  const { report: full } = memoryRepository({
    "config/clusters/earth/cluster.yaml": "name: earth\nprovider: gcp\n",
    ...Object.fromEntries(names.map((name) => [`config/clusters/earth/${name}`, ""])),
  });
  const report = full();
  const kept = report.warnings.filter(({ rule }) => rule === "unreferenced-file").length;
  assert.deepEqual(report.leftOut, { "unreferenced-file": many - kept });
  assert.ok(kept > 100 && kept < 1_000, `${kept}`);
  const text = findingsTables(report, { color: false, width: 160 });
  assert.ok(text.length < 200_000, `${text.length} characters`);
  assert.ok(text.includes(`\nNot shown: ${many - kept} more of unreferenced-file.\n`));
  assert.ok(
    text.endsWith(`\n1 cluster: no errors, ${report.warnings.length + many - kept} warnings.\n`),
    text.slice(-200),
  );
});
