import type { Cluster, Hub } from "./cluster.ts";

/** What changed, in words, unless patterns say that, and what is upgraded. */
interface RuleText {
  readonly changed: string;
  readonly upgrades: string;
}

const RULES = {
  "cluster file": {
    changed: "a cluster's `cluster.yaml`",
    upgrades: "the support chart and all hubs of that cluster",
  },
  "all hubs": { changed: "", upgrades: "all hubs on all clusters" },
  "all support charts": {
    changed: "",
    upgrades: "the support chart on all clusters that have one",
  },
  "hub values file": {
    changed: "a values file named in a hub's `helm_chart_values_files`",
    upgrades: "that hub",
  },
  "support values file": {
    changed: "a values file named in `support.helm_chart_values_files`",
    upgrades: "that cluster's support chart",
  },
  "named file": {
    changed: "a file named under a key of `rules.fileKeys`",
    upgrades: "the hub, the support chart or the cluster whose key it is",
  },
  "release file": {
    changed: "a file that `clusters.read` reads or names, or one of its patterns",
    upgrades: "the hub, the add-on, the support chart or the cluster that it is about",
  },
} as const satisfies Record<string, RuleText>;

const PRECISE_RULES = {
  "cluster key": {
    changed: "a key of `cluster.yaml` beside `support` and `hubs`, unless `rules.inertKeys` has it",
    upgrades: "the support chart and all hubs of that cluster",
  },
  "support entry": {
    changed: "`support` in a `cluster.yaml`",
    upgrades: "that cluster's support chart",
  },
  "hub entry": {
    changed: "a hub's entry in a `cluster.yaml`, a new one too, unless in `rules.inertHubKeys`",
    upgrades: "that hub",
  },
  "chart": {
    changed: "a file that a chart renders, or a path of `rules.charts`",
    upgrades: "the hubs of that chart and of the charts that depend on it",
  },
} as const satisfies Record<string, RuleText>;

/** The ways in which a changed file can decide an upgrade, in the order of the rule table. */
export const RULE_IDS = Object.keys(RULES) as readonly (keyof typeof RULES)[];

/** The ways in which `precision: "hub"` decides, in place of "cluster file" and of all hubs. */
export const PRECISE_RULE_IDS = Object.keys(
  PRECISE_RULES,
) as readonly (keyof typeof PRECISE_RULES)[];

/** What each rule says, by its name in reasons and in the rule table. */
export const RULE_TEXTS: Readonly<Record<RuleId, RuleText>> = { ...RULES, ...PRECISE_RULES };

export type RuleId = keyof typeof RULES | keyof typeof PRECISE_RULES;

/** What a changed path upgrades, and by which rule. */
export interface Decision {
  readonly rule: RuleId;
  readonly reach: Reach;
}

/** The releases that a rule reaches: those on all clusters, or those of one. */
export type Reach =
  | { readonly kind: "all hubs" }
  | { readonly kind: "some hubs"; readonly includes: (hub: Pick<Hub, "chart">) => boolean }
  | { readonly kind: "staging hubs" }
  | { readonly kind: "all support charts" }
  | { readonly kind: "before all hubs" }
  | { readonly kind: "cluster"; readonly cluster: Cluster }
  | { readonly kind: "release"; readonly cluster: Cluster; readonly release: string };
