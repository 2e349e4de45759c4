import type { Pin, Pins } from "./pin.ts";

/** The name of a lock, in the root of a repository and of hubwright. */
export const LOCK_FILE = "actions.lock.json";

/** Where a pin comes from. */
export type PinSource = "repository" | "hubwright" | "config";

/** The locks that decide which commit of an action is used. */
export interface Lock {
  /** The repository's lock, which wins. */
  readonly repository: Pins;
  /** Hubwright's own. */
  readonly hubwright: Pins;
}

/** A pin and where it comes from. */
export interface FoundPin extends Pin {
  readonly source: PinSource;
}

/** Looks up the pin of an action: in the repository's lock, then in hubwright's. */
export function findPin(lock: Lock, name: string): FoundPin | undefined {
  for (const source of ["repository", "hubwright"] as const) {
    const pin = lock[source].get(name);
    if (pin !== undefined) return { ...pin, source };
  }
  return undefined;
}

/** Says where a pin comes from. */
export function describeSource(source: PinSource, config: string): string {
  switch (source) {
    case "repository":
      return LOCK_FILE;
    case "hubwright":
      return `hubwright's ${LOCK_FILE}`;
    case "config":
      return config;
  }
}
