import { percent } from "./counts.ts";

/**
 * Writes a number for people.
 *
 * @param number The number.
 * @returns For instance `1,234`.
 * @example
 * ```ts
 * import { write } from "./words.ts";
 *
 * console.assert(write(1234) === "1,234");
 * ```
 */
export function write(number: number): string {
  return number.toLocaleString("en");
}

/**
 * Writes how many of something there are.
 *
 * @param number How many.
 * @param thing One of them.
 * @param things Several of them.
 * @returns For instance `2 pushes`.
 * @example
 * ```ts
 * import { count } from "./words.ts";
 *
 * console.assert(count(1, "push", "pushes") === "1 push" && count(2, "hub") === "2 hubs");
 * ```
 */
export function count(number: number, thing: string, things = `${thing}s`): string {
  return `${write(number)} ${number === 1 ? thing : things}`;
}

/**
 * Writes a number, and what part of another it is.
 *
 * @param part The number.
 * @param whole The other.
 * @returns For instance `3 (75 %)`; empty where the other is nothing.
 * @example
 * ```ts
 * import { withPercent } from "./words.ts";
 *
 * console.assert(withPercent(3, 4) === "3 (75 %)" && withPercent(0, 0) === "");
 * ```
 */
export function withPercent(part: number, whole: number): string {
  const of = percent(part, whole);
  return of === null ? "" : `${write(part)} (${of} %)`;
}

/**
 * Shortens the hash of a commit.
 *
 * @param commit The hash.
 * @returns Its first characters, which are enough to find it.
 * @example
 * ```ts
 * import { short } from "./words.ts";
 *
 * console.assert(short("c0ffee".repeat(7)) === "c0ffeec0ffee");
 * ```
 */
export function short(commit: string): string {
  return commit.slice(0, 12);
}
