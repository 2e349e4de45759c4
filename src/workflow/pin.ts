/** The commit that is used of an action. */
export interface Pin {
  /** The version that the commit is, for people and dependency bots: `v1.2.3`. */
  readonly version: string;
  /** The commit, 40 hexadecimal digits. */
  readonly commit: string;
}

/** Pins by the names of their actions. */
export type Pins = ReadonlyMap<string, Pin>;

/**
 * Whether text is the full name of a commit: a shorter one, a branch or a tag can come to mean
 * other code.
 *
 * @param text Any text.
 * @returns True for 40 lower-case hexadecimal digits.
 */
export function isCommit(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text);
}

/**
 * Whether text is a version as dependency bots read and write it.
 *
 * @param text Any text.
 * @returns True for `v1`, `v1.2`, `v1.2.3` and `v1.2.3-rc.1`, with or without the `v`.
 * @example
 * ```ts
 * import { isVersion } from "./pin.ts";
 *
 * console.assert(isVersion("v4.1.0") && isVersion("2"));
 * console.assert(!isVersion("main") && !isVersion("v4.1.0 "));
 * ```
 */
export function isVersion(text: string): boolean {
  return /^v?\d+(?:\.\d+){0,2}(?:-[0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*)?$/.test(text);
}

/**
 * Whether text is the name of an action in a repository on GitHub.
 *
 * @param text Any text.
 * @returns True for `owner/repository`, with a path below it or without one.
 */
export function isActionName(text: string): boolean {
  return /^[\w-]+(?:\/[\w.-]*\w[\w.-]*)+$/.test(text);
}

/**
 * Whether two pins are the same.
 *
 * @param a A pin.
 * @param b Another.
 * @returns True where commit and version are the same.
 */
export function isSamePin(a: Pin, b: Pin): boolean {
  return a.commit === b.commit && a.version === b.version;
}

/**
 * Writes a pin for people.
 *
 * @param pin The pin.
 * @returns The version, and the commit in brackets.
 */
export function describePin({ version, commit }: Pin): string {
  return `${version} (${commit})`;
}
