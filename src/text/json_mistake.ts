import { thrownText } from "../errors.ts";
import type { TextMistake } from "./line_and_column.ts";

export function findJsonMistake(text: string): TextMistake | undefined {
  const message = parseError(text);
  if (message === undefined) return undefined;
  const start = placeIn(message, text);
  const found = start === text.length ? "the end" : JSON.stringify(text.charAt(start));
  const [, reason = "unexpected"] = /^(.+?)(?: in JSON)? at position/.exec(message) ?? [];
  const wanted = /^Unexpected (?:token|end)/.test(message) ? "expected a value" : reason;
  return { start, reason: `${wanted.charAt(0).toLowerCase()}${wanted.slice(1)}, found ${found}` };
}

function parseError(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return thrownText(error);
  }
}

/** Where the engine's parser failed. Its message does not say so for an unexpected token. */
function placeIn(message: string, text: string): number {
  const [, position] = / at position (\d+)/.exec(message) ?? [];
  if (position !== undefined) return Number(position);
  if (!message.startsWith("Unexpected token")) return text.length;
  // The shortest beginning that has an unexpected token ends with it.
  let [right, wrong] = [0, text.length];
  while (wrong - right > 1) {
    const middle = (right + wrong) >> 1;
    if (parseError(text.slice(0, middle))?.startsWith("Unexpected token")) wrong = middle;
    else right = middle;
  }
  return right;
}
