import assert from "node:assert/strict";
import fc from "fast-check";
import { verdictOutput } from "../../../src/filter/verdict.ts";
import { GENERATED } from "../../../workflows/header.ts";
import { hubwright } from "../../cli/fake_io.ts";
import { clusterFolders, CLUSTERS_DIR, type ClusterSeeds, SEEDS } from "../cluster_case.ts";
import { contents } from "../content.ts";
import { checkCalm, checkPrinted, namesOneOf, orderly } from "../orderly.ts";
import { checkWorkflow } from "../sound_workflow.ts";
import { type Target, target } from "../target.ts";
import { yamlTexts } from "../yaml_text.ts";

const FOLDER = ".github/workflows";

/** A file that is there already, generated once or not. */
const present = fc.record({
  name: fc.constantFrom("deploy-hubs.yaml", "old.yaml", "x.yml", "mine.yaml", "a\nb.yaml"),
  content: contents(yamlTexts([`# ${GENERATED}: x\nname: x\n`, "name: mine\n", ""])),
});

/** Folders of clusters, and what stands in the place of workflows, for `generate`. */
export function generateTarget(seeds: ClusterSeeds = SEEDS, share = 14): Target {
  return target({
    name: "cluster files, for generate and validate",
    share,
    cases: fc.record({
      clusters: clusterFolders(seeds),
      present: fc.uniqueArray(present, { maxLength: 2, selector: ({ name }) => name }),
      inWorkflow: fc.boolean(),
    }),
    open: (folders) => async ({ clusters, present, inWorkflow }) => {
      using folder = folders.next();
      folder.writeClusters(clusters);
      for (const { name, content } of present) folder.write(`${FOLDER}/${name}`, content);
      const names = namesOneOf([
        ...clusters.map(({ name }) => `${CLUSTERS_DIR}/${name}`),
        ...clusters.map(({ name }) => `${CLUSTERS_DIR}/${name}/cluster.yaml`),
        // A workflow that hubwright did not write is not overwritten.
        ...present.map(({ name }) => `${FOLDER}/${name}`),
      ]);
      const env: Record<string, string> = inWorkflow ? { GITHUB_ACTIONS: "true" } : {};
      const validated = await hubwright(["validate", "--repo", folder.path], { env });
      checkCalm(validated);
      checkPrinted(validated.out);
      const args = ["generate", "--repo", folder.path];
      const ended = orderly(await hubwright(args, { env }), { names, codes: [1] });
      if (ended === "refused") {
        const before = present.map(({ name }) => name).sort();
        const files = before.length === 0 ? [] : Deno.readDirSync(`${folder.path}/${FOLDER}`);
        assert.deepEqual([...files].map(({ name }) => name).sort(), before, "nothing is written");
        return ended;
      }
      const again = await hubwright([...args, "--check"]);
      assert.equal(again.code, 0, "generated twice, the same");
      const path = `${FOLDER}/deploy-hubs.yaml`;
      const text = Deno.readTextFileSync(`${folder.path}/${path}`);
      checkWorkflow(path, text);
      for (const { name } of clusters) {
        assert.ok(text.includes(verdictOutput(name)), `no verdict of ${name}`);
      }
      return ended;
    },
  });
}
