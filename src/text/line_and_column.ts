/** A place in a text, counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What is wrong with a text, without a place, and the offset of where it is. */
export interface TextMistake {
  readonly start: number;
  readonly reason: string;
}

export function lineAndColumn(text: string, offset: number): Position {
  const before = text.slice(0, Math.max(offset, 0));
  return {
    line: before.split("\n").length,
    column: before.length - before.lastIndexOf("\n"),
  };
}
