import lock from "../../actions.lock.json" with { type: "json" };
import type { LockedAction } from "./action.ts";
import type { Pins } from "./lock.ts";

/** The name of an action that hubwright's own lock has. */
export type PinnedAction = keyof typeof lock;

/** hubwright's own lock: it counts where a repository's lock has no entry. */
export const OWN_PINS: Pins = new Map(Object.entries(lock));

/**
 * Names an action that hubwright's own lock has; the commit is looked up when the workflow is
 * written, as a repository may have a lock of its own.
 */
export function pinned(name: PinnedAction): LockedAction {
  return { kind: "locked", name };
}
