import type { UnknownWord } from "../errors.ts";
import { nearest } from "../nearest.ts";

/**
 * Suggests what a mistyped word may have meant.
 *
 * @param unknown The word, and those that would have been right.
 * @returns For instance `; did you mean "--base"?`, or empty text where nothing is near.
 * @example
 * ```ts
 * import { didYouMean } from "./suggest.ts";
 *
 * const known = ["plan", "filter"];
 * console.assert(didYouMean({ word: "paln", known }) === '; did you mean "plan"?');
 * console.assert(didYouMean({ word: "zzz", known }) === "");
 * ```
 */
export function didYouMean({ word, known }: UnknownWord): string {
  const name = nearest(word, known);
  return name === undefined ? "" : `; did you mean "${name}"?`;
}
