import { name } from "../config/names.ts";
import { BOUNDS } from "../plan/bounds.ts";
import type { Cluster } from "../plan/cluster.ts";
import type { Decided } from "../plan/decide.ts";
import { parsePattern, type Pattern } from "../plan/pattern.ts";
import type { PlanInput } from "../plan/plan_input.ts";
import { writeCauses } from "../plan/reason.ts";
import { SUPPORT_CHART } from "../plan/releases.ts";
import { boundText } from "../text/bound_text.ts";
import { compare } from "../text/compare.ts";
import { listNames } from "../text/list_names.ts";
import * as z from "../zod.ts";

/** A leg of a task: what its matrix job reads. */
export const TaskLeg = z.strictObject({
  cluster_name: name,
  provider: name,
  /** Empty where the task runs for each cluster. */
  hub_name: z.union([z.literal(""), name]),
});
export type TaskLeg = z.infer<typeof TaskLeg>;

/** The legs of a task that a change affects, and why: what a pull request's run hands over. */
export const TaskPlan = z.strictObject({
  version: z.literal(1),
  task: z.string().check(z.minLength(1), z.maxLength(BOUNDS.text)),
  legs: z.array(z.extend(TaskLeg, { reason: z.string().check(z.maxLength(BOUNDS.text)) })),
});
export type TaskPlan = z.infer<typeof TaskPlan>;

/** What decides the legs of a task. */
export interface TaskRules {
  readonly name: string;
  readonly each: "cluster" | "hub";
  /** Patterns in which `{cluster}` and `{provider}` stand for the names of a cluster. */
  readonly rules?: readonly string[] | undefined;
}

/** Lists the legs of a task that a change affects: by its own rules, or by what the change upgrades. */
export function planTask(
  { name: task, each, rules }: TaskRules,
  { clusters }: Pick<Decided, "clusters">,
  changed: PlanInput["changed"],
): TaskPlan {
  const legs = clusters.flatMap((of) => {
    const { name: cluster_name, provider, addons = [], hubs } = of.cluster;
    const matched = rules && affectedBy(rules, of.cluster, changed);
    const legFor = (hub_name: string, releases: readonly string[]) => {
      const reasons = releases.map((release) => writeCauses(of.causesOf(release)));
      const distinct = new Set(reasons.filter((reason) => reason !== ""));
      return { cluster_name, provider, hub_name, reason: matched ?? [...distinct].join("; ") };
    };
    const names = hubs.map(({ name }) => name);
    return each === "cluster"
      ? [legFor("", [SUPPORT_CHART, ...addons.map(({ name }) => name), ...names])]
      : names.sort(compare).map((name) => legFor(name, [name]));
  });
  const affected = legs.filter(({ reason }) => reason !== "")
    .map((leg) => ({ ...leg, reason: boundText(leg.reason, BOUNDS.text) }));
  return { version: 1, task, legs: affected };
}

/** Why a change affects a cluster by a task's own rules; empty text where it does not. */
function affectedBy(
  rules: readonly string[],
  cluster: Cluster,
  changed: PlanInput["changed"],
): string {
  if ("everything" in changed) return changed.everything;
  const patterns = rules.map((rule) => rulePattern(rule, cluster));
  // As with GitHub's path filters, the last pattern that matches decides.
  const isMatched = (path: string) =>
    patterns.findLast((of) => of.matches(path))?.exception === false;
  return listNames(changed.filter(isMatched));
}

/** A rule as a pattern for one cluster; without one, for the names of any. */
export function rulePattern(
  rule: string,
  cluster?: Pick<Cluster, "name" | "provider">,
): Pattern {
  // Two "*" in a row would be for folders as well.
  const pattern = parsePattern(
    cluster === undefined
      ? rule.replaceAll(/\**(?:\{(?:cluster|provider)\}\**)+/g, "*")
      : rule.replaceAll("{cluster}", cluster.name).replaceAll("{provider}", cluster.provider),
  );
  if (typeof pattern === "string") throw new TypeError(pattern);
  return pattern;
}
