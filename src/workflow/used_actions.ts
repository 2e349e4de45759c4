import { findPin, type FoundPin, type Lock } from "./lock.ts";
import type { WorkflowModel } from "./model.ts";

/** The actions of other repositories that workflows use, by name, each with its pin. */
export type UsedActions = ReadonlyMap<string, FoundPin | undefined>;

/** Lists the actions of other repositories that workflows use. */
export function usedActions(workflows: readonly WorkflowModel[], lock: Lock): UsedActions {
  const pins = new Map<string, FoundPin | undefined>();
  for (const step of workflows.flatMap(({ jobs }) => jobs.flatMap(({ steps }) => steps))) {
    if (step.kind !== "uses" || step.uses.kind === "local") continue;
    const { uses } = step;
    if (uses.kind === "locked") {
      pins.set(uses.name, pins.get(uses.name) ?? findPin(lock, uses.name));
    } else {
      const { name, version, commit } = uses;
      pins.set(name, { version, commit, source: "config" });
    }
  }
  return new Map([...pins].sort(([a], [b]) => a < b ? -1 : 1));
}
