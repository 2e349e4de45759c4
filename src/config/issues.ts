import { describeValue } from "../errors.ts";
import { didYouMean, nearest } from "../text/nearest.ts";
import * as z from "../zod.ts";

/** What a schema wants, in words, for each of its types. */
const WANTED: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  int: "a whole number",
  number: "a number",
  object: "a mapping",
  record: "a mapping",
  string: "text",
};

/** Makes a schema's issues tell what was found, for {@linkcode describeIssue}. */
export const REPORT_INPUT = { reportInput: true } as const;

/** The words of a check that fails: what was wanted, and what was found. */
export function expected(
  wanted: string,
): { readonly error: (issue: { readonly input?: unknown }) => string } {
  return { error: ({ input }) => `expected ${wanted}, found ${describeValue(input)}` };
}

export function mustBe<Value>(
  wanted: string,
  isRight: (value: Value) => boolean,
): z.core.$ZodCheck<Value> {
  return z.refine(isRight, expected(wanted));
}

/** Says what a schema found wrong, as one line: what was found and what was wanted. */
export function describeIssue(issue: z.core.$ZodIssue): string {
  const { path } = issue;
  const at = cannotRead(path);
  const found = `found ${describeValue(issue.input)}`;
  switch (issue.code) {
    case "invalid_type":
      return `${at}: expected ${WANTED[issue.expected] ?? issue.expected}, ${found}`;
    case "unrecognized_keys":
      return `${at}: found the unknown ${issue.keys.length === 1 ? "key" : "keys"} ${
        issue.keys.map((key) => JSON.stringify(key)).join(", ")
      }; check the spelling or remove it`;
    case "invalid_value": {
      const choices = issue.values.filter((choice) => choice !== "");
      const word = typeof issue.input === "string" ? issue.input : "";
      const hint = didYouMean({ word, known: choices.map(String) });
      const wanted = choices.map((choice) => JSON.stringify(choice)).join(" or ");
      return `${at}: expected ${wanted}, ${found}${hint}`;
    }
    case "too_small":
      return `${at}: expected it not to be empty`;
    case "invalid_key":
      return `${cannotRead(path.slice(0, -1))}: ${wantedKey(issue.issues)}, found ${
        describeValue(path.at(-1))
      }`;
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

export function describeUnknownKey(
  path: readonly PropertyKey[],
  key: string,
  known: readonly string[],
): string {
  const meant = nearest(key, known.filter((name) => name !== key));
  const hint = meant === undefined ? "check the spelling or remove it" : `did you mean "${meant}"?`;
  return `${cannotRead(path)}: found the unknown key ${JSON.stringify(key)}; ${hint}`;
}

function cannotRead(path: readonly PropertyKey[]): string {
  const written = path.map((key) => typeof key === "number" ? `[${key}]` : `.${String(key)}`);
  return path.length === 0
    ? "Cannot read it"
    : `Cannot read "${written.join("").replace(/^\./, "")}"`;
}
