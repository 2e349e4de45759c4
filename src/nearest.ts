import { distance } from "fastest-levenshtein";

/** Beyond so many edits two words have nothing to do with each other. */
const MOST_EDITS = 3;

/**
 * Finds what a mistyped word may have meant.
 *
 * @param word The word.
 * @param known Those that would have been right.
 * @param most How many edits lie between both, at most three and half of the known word.
 * @returns The nearest of the known words, the first of several, or `undefined` where none is near.
 * @example
 * ```ts
 * import { nearest } from "./nearest.ts";
 *
 * console.assert(nearest("paln", ["plan", "filter"]) === "plan");
 * console.assert(nearest("paln", ["plan", "filter"], 1) === undefined);
 * ```
 */
export function nearest(
  word: string,
  known: readonly string[],
  most: number = MOST_EDITS,
): string | undefined {
  const [first] = known
    .map((name) => ({ name, edits: distance(word, name) }))
    .filter(({ name, edits }) => edits <= Math.min(most, MOST_EDITS, name.length / 2))
    .sort((a, b) => a.edits - b.edits);
  return first?.name;
}

/**
 * How many edits may lie between a word and one that it is probably meant to be: one in four
 * letters, so that names of a kind, `basehub` and `daskhub`, are not taken for each other.
 *
 * @param word The word.
 * @returns At least one.
 * @example
 * ```ts
 * import { likelyEdits } from "./nearest.ts";
 *
 * console.assert(likelyEdits("hub") === 1 && likelyEdits("helm_chart") === 2);
 * ```
 */
export function likelyEdits(word: string): number {
  return Math.max(1, Math.floor(word.length / 4));
}
