import assert from "node:assert/strict";
import fc from "fast-check";
import { hubwright } from "../../cli/fake_io.ts";
import { FILES } from "../../cli/repository.ts";
import { orderly } from "../orderly.ts";
import { readPrintedPlan } from "../plan_promises.ts";
import { type Target, target } from "../target.ts";
import { jsonTexts, mutatedValues } from "../values.ts";

const CHANGED = "config/clusters/earth/cluster.yaml";

const labels = jsonTexts(mutatedValues(fc.subarray([
  ...["deployer:skip-deploy", "deployer:skip-deploy-hubs", "deployer:deploy-support"],
  ...["deployer:deploy-hubs", "bug"],
])));

/** The labels of a pull request, for `plan --labels`. */
export const labelsTarget: Target = target({
  name: "labels, for plan",
  share: 8,
  cases: labels,
  open: (folders) => {
    const folder = folders.next();
    for (const [path, text] of Object.entries(FILES)) folder.write(path, { text });
    const plan = ["plan", "--repo", folder.path, "--format=json", `--changed-files=${CHANGED}`];
    return async (labels) => {
      const ran = await hubwright([...plan, `--labels=${labels}`]);
      const names = (line: string) => line.startsWith('Cannot read "--labels');
      if (orderly(ran, { names, codes: [2] }) === "refused") return "refused";
      const { support_and_staging, prod } = readPrintedPlan(ran.out);
      const asked: readonly unknown[] = labels === "" ? [] : JSON.parse(labels);
      assert.ok(asked.every((label) => typeof label === "string"), "labels are texts");
      const asks = (name: string) => asked.includes(`deployer:${name}`);
      if (asks("skip-deploy")) assert.equal(support_and_staging.length + prod.length, 0);
      const hubs = [...prod, ...support_and_staging.flatMap((leg) => leg.staging_hubs)].length;
      if (asks("skip-deploy-hubs")) assert.equal(hubs, 0);
      else if (asks("deploy-hubs") && !asks("skip-deploy")) assert.equal(hubs, 3);
      else if (!asks("skip-deploy")) assert.equal(hubs, 2);
      return "accepted";
    };
  },
});
