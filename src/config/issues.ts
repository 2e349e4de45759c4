import type * as z from "../zod.ts";
import { describeValue } from "../errors.ts";
import { nearest } from "../text/nearest.ts";

/** What a schema wants, in words, for each of its types. */
const WANTED: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  function: "a function",
  number: "a number",
  object: "a mapping",
  record: "a mapping",
  string: "text",
};

/** Makes a schema's issues tell what was found, for {@linkcode describeIssue}. */
export const REPORT_INPUT = { reportInput: true } as const;

/** Says what a schema found wrong, as one line: what was found and what was wanted. */
export function describeIssue(issue: z.core.$ZodIssue): string {
  const at = cannotRead(issue.path);
  const found = `found ${describeValue(issue.input)}`;
  switch (issue.code) {
    case "invalid_type":
      return `${at}: expected ${WANTED[issue.expected] ?? issue.expected}, ${found}`;
    case "unrecognized_keys":
      return `${at}: found the unknown ${issue.keys.length === 1 ? "key" : "keys"} ${
        issue.keys.map((key) => JSON.stringify(key)).join(", ")
      }; check the spelling or remove it`;
    case "invalid_value":
      return `${at}: expected ${
        issue.values.map((value) => JSON.stringify(value)).join(" or ")
      }, ${found}`;
    case "too_small":
      return `${at}: expected it not to be empty`;
    case "invalid_key":
      return `Cannot read "${formatPath(issue.path.slice(0, -1))}": ${wantedKey(issue.issues)}, ` +
        `found ${describeValue(issue.path.at(-1))}`;
    case "custom":
      return `${at}: ${issue.message}`;
    default:
      return `${at}: ${issue.message}, ${found}`;
  }
}

function wantedKey(issues: readonly z.core.$ZodIssue[]): string {
  const wrong = issues.find(({ code }) => code === "invalid_format");
  return wrong === undefined ? "expected a name for every key" : `${wrong.message} for every key`;
}

/** Says that a key is unknown, and which one may be meant. */
export function describeUnknownKey(
  path: readonly PropertyKey[],
  key: string,
  known: readonly string[],
): string {
  const meant = nearest(key, known);
  const hint = meant === undefined ? "check the spelling or remove it" : `did you mean "${meant}"?`;
  return `${cannotRead(path)}: found the unknown key ${JSON.stringify(key)}; ${hint}`;
}

function cannotRead(path: readonly PropertyKey[]): string {
  return path.length === 0 ? "Cannot read it" : `Cannot read "${formatPath(path)}"`;
}

/** Writes the path of a value as people write it. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path.map((key, index) =>
    typeof key === "number" ? `[${key}]` : index === 0 ? String(key) : `.${String(key)}`
  ).join("");
}
