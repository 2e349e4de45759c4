/** Where a text stops being JSON, and why. */
export interface JsonMistake {
  /** How many characters stand before it. */
  readonly start: number;
  /** What is wrong: what was expected and what was found. */
  readonly reason: string;
}

/** A token of JSON, behind white space. */
const TOKEN =
  // deno-lint-ignore no-control-regex -- JSON forbids these in text
  /[ \t\n\r]*(?:("(?:[^"\\\0-\x1f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)|([{}[\]:,]))/y;

/** What may stand next: a token's own character, `"` for text, `v` for any value. */
const EXPECTED: Readonly<Record<string, string>> = {
  "v": "a value",
  "v]": 'a value or "]"',
  '"': 'a key in quotes (")',
  '"}': 'a key in quotes (") or "}"',
  ":": '":"',
  ",}": '"," or "}"',
  ",]": '"," or "]"',
  "": "nothing more",
};

/** Finds where a text stops being JSON. The engine's own parser does not always say. */
export function findJsonMistake(text: string): JsonMistake | undefined {
  const open: string[] = [];
  let wanted = "v";
  let end = 0;
  for (;;) {
    TOKEN.lastIndex = end;
    const [whole = "", string, scalar, mark = ""] = TOKEN.exec(text) ?? [];
    const token = string === undefined ? scalar === undefined ? mark : "v" : '"';
    const isValue = ["v", '"', "{", "["].includes(token);
    const fits = token !== "" && (wanted.includes(token) || (wanted.startsWith("v") && isValue));
    if (!fits) {
      const start = end + (/^[ \t\n\r]*/.exec(text.slice(end))?.[0].length ?? 0);
      if (start === text.length && wanted === "") return undefined;
      const found = start === text.length ? "the end" : JSON.stringify(text.charAt(start));
      return { start, reason: `expected ${EXPECTED[wanted]}, found ${found}` };
    }
    end += whole.length;
    if (token === "}" || token === "]") open.pop();
    if (token === "{" || token === "[") open.push(token);
    wanted = next(token, wanted, open.at(-1));
  }
}

/** What may stand behind a token. */
function next(token: string, wanted: string, inside: string | undefined): string {
  if (token === "{") return '"}';
  if (token === "[") return "v]";
  if (token === ":") return "v";
  if (token === ",") return inside === "{" ? '"' : "v";
  if (wanted.startsWith('"') && token === '"') return ":";
  return inside === undefined ? "" : inside === "{" ? ",}" : ",]";
}
