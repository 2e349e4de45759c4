import type { Plan } from "../plan/schema.ts";
import { visible } from "../text/visible.ts";
import { isEmptyPlan } from "./summary.ts";

/** Beyond so many legs a picture says less than the tables. */
const MOST_LEGS = 40;

/** How many characters a picture may have: less than {@link https://mermaid.js.org/config/schema-docs/config.html#maxtextsize Mermaid draws}. */
const MOST_TEXT = 40_000;

/**
 * Draws which canary gates which prod hubs, as a
 * {@link https://mermaid.js.org/syntax/flowchart.html Mermaid} flow chart.
 */
export function planMermaid(plan: Plan): string {
  const legs = plan.support_and_staging.length + plan.prod.length;
  if (isEmptyPlan(plan) || legs > MOST_LEGS) return "";
  const canaries = new Map(plan.support_and_staging.map((row, index) => [row.cluster_name, index]));
  const lines = plan.support_and_staging.map((row, index) => {
    const steps = [...(row.upgrade_support ? ["support chart"] : []), ...row.staging_hubs];
    return `  canary${index}["${label(`${row.cluster_name}: ${steps.join(", ")}`)}"]`;
  });
  plan.prod.forEach((row, index) => {
    const canary = canaries.get(row.cluster_name);
    const gate = canary === undefined ? "" : `canary${canary} -->|passed| `;
    lines.push(`  ${gate}prod${index}(["${label(`${row.cluster_name}: ${row.hub_name}`)}"])`);
  });
  const picture = ["```mermaid", "flowchart LR", ...lines, "```", ""].join("\n");
  return picture.length > MOST_TEXT ? "" : picture;
}

/**
 * Text inside a label: nothing is hidden in it, and what is not a plain character becomes one of
 * Mermaid's character codes.
 */
function label(text: string): string {
  return visible(text).replace(
    /[^A-Za-z0-9 ,.:_-]/gu,
    (character) => `#${character.codePointAt(0)};`,
  );
}
