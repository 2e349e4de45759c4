import lock from "../../actions.lock.json" with { type: "json" };
import type { Pins } from "./lock.ts";
import type { ActionRef } from "./model.ts";

/** The name of an action that hubwright's own lock has. */
export type PinnedAction = keyof typeof lock;

/** hubwright's own lock: it counts where a repository's lock has no entry. */
export const OWN_PINS: Pins = new Map(Object.entries(lock));

/** Names an action of hubwright's own lock; a repository's lock may have another commit of it. */
export function pinned(name: PinnedAction): ActionRef {
  return { kind: "locked", name };
}
