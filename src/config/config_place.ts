import { lineAndColumn, type Position } from "../text/line_and_column.ts";

/** Comments, quoted text, and the names in imports, as TypeScript writes them. */
const QUOTED =
  /^import\b[^"';]*|\/\/.*|\/\*[\s\S]*?\*\/|`(?:\\[\s\S]|[^`\\])*`|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/gm;

/**
 * Finds where the text of a config writes the last key of a path, or else the key before it. The
 * text is TypeScript and may make the config in any way, so only a key that is there once counts.
 */
export function placeOfKey(text: string, path: readonly PropertyKey[]): Position | undefined {
  for (const key of path.toReversed()) {
    const places = typeof key === "string" ? placesOf(key, text) : [];
    if (places.length === 1) return lineAndColumn(text, places[0] ?? 0);
  }
  return undefined;
}

function placesOf(key: string, text: string): readonly number[] {
  const quoted: number[] = [];
  const plain = text.replaceAll(QUOTED, (token, offset: number) => {
    const isKey = /^["']/.test(token) && token.slice(1, -1) === key &&
      /^\s*:/.test(text.slice(offset + token.length));
    if (isKey) quoted.push(offset);
    return token.replaceAll(/[^\n]/g, " ");
  });
  const name = key.replaceAll(/[^\w]/g, "\\$&");
  const isName = new RegExp(`(?<![\\w$.])${name}(?![\\w$])(?=\\s*[:(,}])`, "g");
  return [...quoted, ...[...plain.matchAll(isName)].map(({ index }) => index)];
}
