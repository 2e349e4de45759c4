import assert from "node:assert/strict";
import type { ClusterFile } from "../../src/config/cluster_file.ts";
import { soundClusters, type TriedClusters, tryClusters } from "../../src/config/clusters.ts";
import { formatProblem, UserError } from "../../src/errors.ts";
import { settingsOf } from "./parsed_config.ts";

/** What comes of a repository whose `cluster.yaml` files have these texts. */
function tried(texts: Readonly<Record<string, string>>, config = {}): TriedClusters {
  const files = Object.entries(texts).map(([folder, text]) => ({
    path: `config/clusters/${folder}/cluster.yaml`,
    text,
  }));
  return tryClusters(files, settingsOf(config));
}

const problems = (...args: Parameters<typeof tried>): readonly string[] =>
  tried(...args).problems.map(formatProblem);

const text = (name: string, ...valuesFiles: readonly string[]) =>
  `name: ${name}\nprovider: gcp\nhubs:\n  - name: staging\n    helm_chart_values_files: ${
    JSON.stringify(valuesFiles)
  }\n`;

Deno.test("tryClusters() reads all clusters, in order", () => {
  const { clusters } = tried({ mars: text("mars"), earth: text("earth", "a.yaml") });
  assert.deepEqual(clusters.map(({ name, file }) => [name, file]), [
    ["mars", "config/clusters/mars/cluster.yaml"],
    ["earth", "config/clusters/earth/cluster.yaml"],
  ]);
  assert.deepEqual(clusters[1]?.hubs, [
    { name: "staging", staging: true, valuesFiles: ["config/clusters/earth/a.yaml"] },
  ]);
});

Deno.test("tryClusters() says at once what is wrong with several files", () => {
  const found = problems({
    earth: "name: earth\nprovider: 3\nhubs: {}\n",
    mars: text("mars"),
    venus: "name: [venus\n",
    "a.b": text("a.b"),
    "a-b": text("a-b"),
    pluto: text("pluto", "../../../*.yaml"),
  }).map((line) => /^config\/clusters\/(\S+: Cannot \w+)/.exec(line)?.[1] ?? line);
  assert.deepEqual(found.sort(), [
    "a-b/cluster.yaml: Cannot tell",
    "earth/cluster.yaml:2:11: Cannot read",
    "earth/cluster.yaml:3:7: Cannot read",
    "pluto/cluster.yaml: Cannot watch",
    "venus/cluster.yaml:2:1: Cannot parse",
  ]);
});

Deno.test('tryClusters() refuses each further cluster that is one where "." becomes "-"', () => {
  const named = (...names: readonly string[]) =>
    problems(Object.fromEntries(names.map((name) => [name, text(name)])));
  assert.deepEqual(named("azure.earth", "mars", "azure-earth-2"), []);
  assert.deepEqual(named("azure.earth", "azure-earth"), [
    'config/clusters/azure-earth/cluster.yaml: Cannot tell the clusters "azure.earth" and ' +
    '"azure-earth" apart: both would record their verdict as "success_azure-earth", where "." ' +
    'becomes "-"; rename one of them',
  ]);
  assert.equal(named("a.b.c", "a-b.c", "a.b-c", "a.b", "a-b-c-2").length, 2);
});

const thrower = (thrown: unknown) => () => {
  throw thrown;
};
const NO_ANSWER = "expected isStaging to return true or false, found";

Deno.test("tryClusters() says of which hub isStaging cannot tell", () => {
  for (
    const [isStaging, said] of [
      [thrower(new TypeError('no "x"\nhere')), String.raw`isStaging threw "no \"x\"\nhere"`],
      [thrower("no idea"), 'isStaging threw "no idea"'],
      [() => undefined, `${NO_ANSWER} undefined`],
      [() => "yes", `${NO_ANSWER} string`],
      [() => 1, `${NO_ANSWER} number`],
      // It would count as true.
      [() => Promise.resolve(false), `${NO_ANSWER} object`],
    ] as const
  ) {
    assert.deepEqual(
      problems({ earth: text("earth") }, { isStaging }),
      [
        `hubwright.config.ts: Cannot tell whether the hub "staging" is staging: ${said}`,
      ],
    );
  }
});

Deno.test("tryClusters() says what is wrong with isStaging together with everything else", () => {
  const isStaging = thrower("no idea");
  const texts = { earth: text("earth"), mars: text("mars"), venus: "name: 3\nprovider: gcp\n" };
  const found = problems(texts, { isStaging });
  // A function that is wrong is wrong for every hub: once is enough.
  assert.equal(found.filter((line) => line.includes("isStaging threw")).length, 1);
  assert.ok(found.some((line) => line.includes("venus/cluster.yaml:1:7")), found.join("\n"));
});

Deno.test("soundClusters() refuses all that is wrong, what was known before included", () => {
  const known = { file: "config/clusters/empty", message: "Cannot find its cluster.yaml" };
  const sound = (...files: readonly ClusterFile[]) =>
    soundClusters(tryClusters(files, settingsOf({}), { problems: [known] }));
  assert.throws(
    () => sound(),
    (error) => error instanceof UserError && error.problems[0] === known,
  );
  assert.throws(
    () => sound({ path: "c/a/cluster.yaml", text: "" }),
    (error) => error instanceof UserError && error.problems.length === 2,
  );
});

Deno.test("tryClusters() parses the files that matter alone, and compares the names of all", () => {
  const files = ["a.b", "a-b", "mars"].map((name) => ({
    path: `config/clusters/${name}/cluster.yaml`,
    text: name === "mars" ? text("mars") : "not: [YAML",
  }));
  const { clusters, problems } = tryClusters(files, settingsOf({}), { parsed: files.slice(2) });
  assert.deepEqual([clusters.map(({ name }) => name), problems.length], [["mars"], 1]);
});

Deno.test("tryClusters() refuses once what a path filter would read as a pattern, outside the clusters' folder", () => {
  const refused = (content: string, fileKeys: readonly string[] = []) =>
    problems({ earth: content }, { rules: { fileKeys } }).map((line) => {
      const said =
        /^config\/clusters\/earth\/cluster\.yaml: Cannot watch the file "(.*)": it lies /;
      return said.exec(line)?.[1] ?? line;
    });
  const file = "../../{a}.yaml";
  const support = `support:\n  helm_chart_values_files: ["${file}"]\n`;
  assert.deepEqual(
    refused(text("earth", "../../../shared/*.yaml", "../../[x].yaml", "../../ok.yaml")),
    ["shared/*.yaml", "config/[x].yaml"],
  );
  assert.deepEqual(refused(`${text("earth", file)}${support}`), ["config/{a}.yaml"]);
  assert.deepEqual(refused(`name: earth\nprovider: gcp\n${support}`), ["config/{a}.yaml"]);
  // The clusters' folder is watched whole.
  assert.deepEqual(refused(text("earth", "[x]*.yaml", "../mars/!a.yaml", "nested/{b}.yaml")), []);
  assert.deepEqual(refused(text("earth", "../../clusters-2/*.yaml")), ["config/clusters-2/*.yaml"]);
  const named = "name: earth\nprovider: gcp\nhubs: [{name: a, key: '../../[a].json'}]\n";
  assert.deepEqual([refused(named), refused(named, ["key"])], [[], ["config/[a].json"]]);
});
