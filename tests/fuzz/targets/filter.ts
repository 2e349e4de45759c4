import assert from "node:assert/strict";
import fc from "fast-check";
import { parseCommandFile } from "../../../src/simulate/script_output.ts";
import { hubwright } from "../../cli/fake_io.ts";
import { hostileText } from "../hostile.ts";
import { checkPrinted, orderly } from "../orderly.ts";
import { type Target, target } from "../target.ts";
import { jsonTexts, mutatedValues } from "../values.ts";

const CLUSTERS = ["earth", "azure.mars", "azure-mars", "__proto__", "constructor"];
const VERDICTS = [
  ...["success@1", "success@2", "failure@1", "cancelled@1", "", "SUCCESS@1", " success@1", "true"],
  ...["success", "success@", "success@01", "success@1@1"],
];

const cluster = fc.constantFrom(...CLUSTERS);

const prodLeg = fc.record({
  cluster_name: cluster,
  provider: fc.constant("gcp"),
  hub_name: fc.constantFrom("prod", "demo"),
}, { noNullPrototype: true });

/** Mostly the JSON that a workflow hands over. */
const json = (values: fc.Arbitrary<unknown>) =>
  fc.oneof(
    { weight: 4, arbitrary: values.map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: jsonTexts(mutatedValues(values, 2)) },
  );

/** Built as JSON is read, so that `__proto__` is a key like any other. */
const verdicts = fc.uniqueArray(fc.tuple(cluster, fc.constantFrom(...VERDICTS)), {
  selector: ([name]) => name,
}).map((pairs) => {
  const members = pairs.map(([name, verdict]) =>
    `"success_${name.replaceAll(".", "-")}":${JSON.stringify(verdict)}`
  );
  return JSON.parse(`{${members.join()}}`);
});

export const filterTarget: Target = target({
  name: "legs and verdicts, for filter",
  share: 12,
  cases: fc.record({
    PROD_HUB_MATRIX_JOBS: json(fc.array(prodLeg, { maxLength: 4 })),
    CANARY_CLUSTERS: json(fc.array(cluster, { maxLength: 3 })),
    CANARY_RESULT: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom("success", "failure", "cancelled", "skipped") },
      { weight: 1, arbitrary: hostileText },
    ),
    CANARY_OUTPUTS: json(verdicts),
    GITHUB_ACTIONS: fc.constantFrom("", "true"),
    GITHUB_RUN_ID: fc.constant("456"),
    GITHUB_RUN_ATTEMPT: fc.constant("1"),
  }),
  open: (folders) => async (variables) => {
    using folder = folders.next();
    const output = folder.write("output", { text: "" });
    const summary = folder.write("summary", { text: "" });
    const ran = await hubwright(["filter"], {
      env: { ...variables, GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary },
    });
    const written = Deno.readTextFileSync(output);
    if (written === "") {
      assert.notEqual(ran.code, 0, "an output is written");
      assert.equal(Deno.readTextFileSync(summary), "");
      const names = (line: string) => /^Cannot read "(?:[A-Z]+_)+[A-Z]+/.test(line);
      return orderly(ran, { names, codes: [1] });
    }
    checkPrinted(ran.out);
    const outputs = parseCommandFile(written);
    assert.deepEqual([...outputs.keys()], ["prod-hub-matrix-jobs", "shards"]);
    const passed: readonly Leg[] = JSON.parse(outputs.get("prod-hub-matrix-jobs") ?? "");
    const planned: readonly Leg[] = JSON.parse(variables.PROD_HUB_MATRIX_JOBS);
    assert.deepEqual(passed, mayDeploy(planned, variables));
    assert.deepEqual(JSON.parse(outputs.get("shards") ?? "").flat(), passed);
    assert.equal(ran.code, passed.length === planned.length ? 0 : 1);
    return "accepted";
  },
});

interface Leg {
  readonly cluster_name: string;
}

/** The rule in other words: what had no canary, and whose canary recorded success. */
function mayDeploy(
  planned: readonly Leg[],
  variables: { readonly CANARY_CLUSTERS: string; readonly CANARY_OUTPUTS: string },
): readonly Leg[] {
  const canaries: readonly string[] = JSON.parse(variables.CANARY_CLUSTERS);
  const verdicts = new Map(Object.entries(JSON.parse(variables.CANARY_OUTPUTS)));
  return planned.filter(({ cluster_name }) =>
    !canaries.includes(cluster_name) ||
    verdicts.get(`success_${cluster_name.split(".").join("-")}`) === "success@1"
  );
}
