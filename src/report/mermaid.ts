import type { Plan } from "../plan/schema.ts";
import { visible } from "../text/visible.ts";
import { type ClusterUpgrades, planClusters, planWaves } from "./plan_clusters.ts";
import { countOf } from "./summary.ts";

/** With more hubs than these, a picture counts the prod hubs of a cluster. */
const MOST_HUBS = 30;

/** With more clusters than these, a picture says less than the tables. */
const MOST_CLUSTERS = 10;

/** How many characters a picture may have: less than {@link https://mermaid.js.org/config/schema-docs/config.html#maxtextsize Mermaid draws}. */
const MOST_TEXT = 40_000;

/**
 * Draws which canary gates which prod hubs, as a
 * {@link https://mermaid.js.org/syntax/flowchart.html Mermaid} flow chart. There is none where no
 * canary gates anything, or where it would be too large to help.
 */
export function planMermaid(plan: Plan): string {
  const clusters = planClusters(plan);
  const waves = planWaves(plan);
  const isFleet = plan.gate === "fleet";
  const isGated = isFleet
    ? plan.support_and_staging.length > 0 && plan.prod.length > 0
    : clusters.some(({ canaries, prod }) => canaries.length > 0 && prod.length > 0);
  if ((!isGated && waves.length < 2) || clusters.length > MOST_CLUSTERS) return "";
  const namesHubs = plan.prod.length <= MOST_HUBS;
  const linesOf = ({ name, canaries, prod, wave }: ClusterUpgrades) => {
    const index = clusters.findIndex((cluster) => cluster.name === name);
    const steps = canaries.flatMap((row) => [
      ...row.upgrade_support ? ["support chart"] : [],
      ...row.addons ?? [],
      ...row.staging_hubs,
    ]);
    const names = prod.map((row) => row.hub_name).join(", ");
    const hubs = namesHubs ? names : countOf(prod.length, "prod hub");
    const canary = `canary${index}["${label(`${name}: ${steps.join(", ")}`)}"]`;
    const after = `prod${index}(["${label(`${name}: ${hubs}`)}"])`;
    if (isFleet) {
      const gate = `gate${wave ?? ""}{{"all passed"}}`;
      return [
        ...canaries.map(() => `${canary} --> ${gate}`),
        ...(prod.length === 0 ? [] : [`${gate} --> ${after}`]),
      ];
    }
    if (canaries.length === 0) return [after];
    return prod.length === 0 ? [canary] : [`${canary} -->|passed| ${after}`];
  };
  const lines = waves.flatMap(({ number, clusters }) => {
    const own = clusters.flatMap(linesOf);
    if (number === undefined) return own;
    return [`subgraph wave${number}["wave ${number}"]`, ...own.map((line) => `  ${line}`), "end"];
  });
  const order = waves.slice(1)
    .map(({ number }, index) => `wave${waves[index]?.number} -->|nothing failed| wave${number}`);
  const picture = [
    "",
    "```mermaid",
    "flowchart LR",
    ...[...lines, ...order].map((line) => `  ${line}`),
    "```",
    "",
  ]
    .join("\n");
  return picture.length > MOST_TEXT ? "" : picture;
}

/** Text in a label: what is not a plain character becomes one of Mermaid's character codes. */
function label(text: string): string {
  return visible(text).replace(/[^A-Za-z0-9 ,.:_-]/gu, (found) => `#${found.codePointAt(0)};`);
}
