import type { Entry } from "./entries.ts";

/** The keys that hubwright reads in each kind of entry of a `cluster.yaml`. */
export const KNOWN_KEYS: Readonly<Record<Entry["of"], readonly string[]>> = {
  cluster: ["name", "provider", "support", "hubs"],
  support: ["helm_chart_values_files"],
  hub: ["name", "helm_chart", "helm_chart_values_files"],
};
