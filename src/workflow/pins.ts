import type { ActionRef } from "./action.ts";

/** The actions that the generated workflows use, each pinned to the commit of a version. */
const PINS = {
  "actions/checkout": ["v7.0.1", "3d3c42e5aac5ba805825da76410c181273ba90b1"],
  "actions/download-artifact": ["v8.0.1", "3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c"],
  "actions/upload-artifact": ["v7.0.0", "bbbca2ddaa5d8feaa63e36b76fdaad77386f024f"],
  "denoland/setup-deno": ["v2.0.4", "667a34cdef165d8d2b2e98dde39547c9daac7282"],
  "slackapi/slack-github-action": ["v4.0.0", "dcb1066f776dd043e64d0e8ba94ca15cc7e1875d"],
} as const satisfies Readonly<Record<string, readonly [version: string, commit: string]>>;

/** The name of an action that has a pin. */
export type PinnedAction = keyof typeof PINS;

/**
 * Looks up the pin of an action.
 *
 * @param name The action's name.
 * @returns The action at the pinned commit.
 * @example
 * ```ts
 * import { pinned } from "./pins.ts";
 *
 * const action = pinned("actions/checkout");
 * console.assert(action.kind === "pinned" && /^[0-9a-f]{40}$/.test(action.commit));
 * ```
 */
export function pinned(name: PinnedAction): ActionRef {
  const [version, commit] = PINS[name];
  return { kind: "pinned", name, commit, version };
}
