import { distance } from "fastest-levenshtein";
import type { UnknownWord } from "../errors.ts";

/** Beyond so many edits two words have nothing to do with each other. */
const MOST_EDITS = 3;

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
  const [nearest] = known
    .map((name) => ({ name, edits: distance(word, name) }))
    .filter(({ name, edits }) => edits <= Math.min(MOST_EDITS, name.length / 2))
    .sort((a, b) => a.edits - b.edits);
  return nearest === undefined ? "" : `; did you mean "${nearest.name}"?`;
}
