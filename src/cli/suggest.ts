import type { UnknownWord } from "../errors.ts";
import { nearest } from "../nearest.ts";

/** Suggests what a mistyped word may have meant. */
export function didYouMean({ word, known }: UnknownWord): string {
  const name = nearest(word, known);
  return name === undefined ? "" : `; did you mean "${name}"?`;
}
