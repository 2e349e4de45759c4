import type { UnknownWord } from "../errors.ts";
import { distance } from "fastest-levenshtein";

/** Beyond so many edits two words have nothing to do with each other. */
const MOST_EDITS = 3;

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
 */
export function likelyEdits(word: string): number {
  return Math.max(1, Math.floor(word.length / 4));
}

/** Suggests what a mistyped word may have meant, as the end of a message; empty where nothing is near. */
export function didYouMean({ word, known }: UnknownWord): string {
  const name = nearest(word, known);
  return name === undefined ? "" : `; did you mean "${name}"?`;
}
