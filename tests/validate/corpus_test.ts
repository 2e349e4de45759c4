import assert from "node:assert/strict";
import { needsCorpus, readCorpus } from "../plan/corpus.ts";
import { memoryRepository } from "./memory.ts";
import { namingsOf } from "../../src/validate/named_file_rules.ts";
import type { Report } from "../../src/validate/validate.ts";

const OTHERS = [
  ...["basehub", "daskhub", "binderhub", "support"].map((name) => `helm-charts/${name}/Chart.yaml`),
  ...["deployer/deploy.py", ".github/actions/setup-deploy/action.yaml"],
];
const KEY = "helm_chart_values_files";

/** The key with a letter left out, doubled, or swapped with the next. */
function mistype(seed: number): string {
  const at = seed % (KEY.length - 1);
  const [one, two] = [KEY.charAt(at), KEY.charAt(at + 1)];
  const slip = [two, one + one + two, two + one][seed % 3] ?? "";
  return KEY.slice(0, at) + slip + KEY.slice(at + 2);
}

/** Every `cluster.yaml` of the corpus, by the folder in which it lay. */
async function clusterFiles() {
  const { pushes, texts } = await readCorpus();
  const found = new Map(
    pushes.flatMap(({ clusters }) => Object.entries(clusters))
      .filter(([folder]) => folder !== "templates")
      .map(([folder, id]) => [`${folder} ${id}`, { folder, text: texts.get(id) ?? "" }]),
  );
  return [...found.values()].map(({ folder, text }) => ({
    path: `config/clusters/${folder}/cluster.yaml`,
    text,
  }));
}

/** Validates a cluster in a repository that has everything that it names. */
function validateAlone({ path, text }: { readonly path: string; readonly text: string }): Report {
  const { repository } = memoryRepository({ [path]: text });
  const named = repository.documents.flatMap((document) => namingsOf(document, []));
  const others = [...named.map(({ file }) => file), ...OTHERS].map((file) => [file, ""]);
  return memoryRepository({ ...Object.fromEntries(others), [path]: text }).report();
}

Deno.test({
  ...needsCorpus("validate() says nothing about real cluster files that is not so"),
  fn: async () => {
    const files = await clusterFiles();
    assert.ok(files.length > 270, String(files.length));
    const found = files.map(validateAlone)
      .flatMap(({ errors, warnings }) => [...errors, ...warnings])
      .map(({ rule, file }) => `${rule} ${file}`);
    // A copied file whose name was not changed, and a cluster with a prod hub alone.
    assert.deepEqual([...new Set(found)].sort(), [
      "cluster-file config/clusters/nasa-ghg/cluster.yaml",
      "no-canary config/clusters/opensci/cluster.yaml",
    ]);
  },
});

Deno.test({
  ...needsCorpus("validate() finds a mistyped list of values files in any real cluster file"),
  fn: async () => {
    const missed = (await clusterFiles()).filter(({ path, text }, index) => {
      const lines = text.split("\n");
      const places = lines.flatMap((line, at) => line.trim() === `${KEY}:` ? [at] : []);
      const at = places[index % places.length];
      if (at === undefined) return false;
      lines[at] = lines[at]?.replace(KEY, mistype(index)) ?? "";
      return !validateAlone({ path, text: lines.join("\n") }).warnings
        .some(({ rule, line }) => rule === "mistyped-key" && line === at + 1);
    });
    assert.deepEqual(missed, []);
  },
});
