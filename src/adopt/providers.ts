import type { Observation } from "./observe.ts";
import { mapping } from "./workflow_data.ts";

/** The providers of the clusters, each once. */
export function providersOf({ clusters }: Observation): readonly string[] {
  const all = clusters?.clusters.map(({ data }) => mapping(data).provider) ?? [];
  return [...new Set(all)].filter((name) => typeof name === "string").sort();
}
