import { Lexer, Parser } from "@actions/expressions";
import type { WorkflowText } from "./repositories.ts";

/**
 * Where an expression can stand in a workflow, with the contexts and the functions that GitHub
 * offers there besides those that it offers everywhere.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/contexts#context-availability}
 */
const PLACES = {
  "concurrency": { contexts: "github inputs vars", functions: "" },
  "jobs.*.name": { contexts: "github needs strategy matrix vars inputs", functions: "" },
  "jobs.*.if": {
    contexts: "github needs vars inputs",
    functions: "always cancelled failure success",
  },
  "jobs.*.strategy": { contexts: "github needs vars inputs", functions: "" },
  "jobs.*.outputs": {
    contexts: "github needs strategy matrix job runner env vars secrets steps inputs",
    functions: "",
  },
  "jobs.*.steps.*.if": {
    contexts: "github needs strategy matrix job runner env vars steps inputs",
    functions: "always cancelled failure success hashFiles",
  },
  "jobs.*.steps.*.env": {
    contexts: "github needs strategy matrix job runner env vars secrets steps inputs",
    functions: "hashFiles",
  },
  "jobs.*.steps.*.with": {
    contexts: "github needs strategy matrix job runner env vars secrets steps inputs",
    functions: "hashFiles",
  },
} as const;

/** An expression of a workflow. */
export interface Found {
  /** Where it stands, for messages: `jobs.plan.steps.0.if`. */
  readonly at: string;
  /** Its text, without `${{ }}`. */
  readonly text: string;
}

/** The expressions in a text, as GitHub's runner finds them: `}}` inside quotes ends none. */
export function splitTemplate(text: string): string[] {
  const parts: string[] = [];
  let rest = text;
  for (let start = rest.indexOf("${{"); start >= 0; start = rest.indexOf("${{")) {
    const match = /^(?:'[^']*'|(?!\}\})[^'])*(?=\}\})/s.exec(rest.slice(start + 3));
    if (match === null) throw new SyntaxError(`unclosed expression in ${text}`);
    parts.push(rest.slice(0, start), match[0].trim());
    rest = rest.slice(start + 3 + match[0].length + 2);
  }
  return [...parts, rest];
}

/** The expression that a whole text is, a condition for instance. */
export function wholeExpression(text: string): string {
  const parts = splitTemplate(text);
  if (parts.length === 1) return text;
  const [before, expression = "", after] = parts;
  if (parts.length > 3 || before !== "" || after !== "") {
    throw new SyntaxError(`more than one expression in ${text}`);
  }
  return expression;
}

/** All expressions of a workflow, wherever they stand. */
export function expressionsOf(workflow: WorkflowText): Found[] {
  return textsIn(workflow, "").flatMap(({ at, text }) =>
    at.endsWith(".if")
      ? [{ at, text: wholeExpression(text) }]
      : splitTemplate(text).filter((_, index) => index % 2 === 1).map((text) => ({ at, text }))
  );
}

/**
 * Parses an expression as GitHub does where it stands.
 *
 * @throws Where GitHub offers no expression there, or not this one.
 */
export function parseExpression({ at, text }: Found): void {
  const pattern = at.replace(/(?<=^jobs\.)[^.]+|\b\d+\b/g, "*");
  const place = Object.entries(PLACES).find(([name]) =>
    pattern === name || pattern.startsWith(`${name}.`)
  )?.[1];
  if (place === undefined) throw new RangeError(`an expression at ${at}`);
  const functions = place.functions.split(" ").map((name) => ({
    name,
    minArgs: name === "hashFiles" ? 1 : 0,
    maxArgs: name === "hashFiles" ? 255 : 0,
    call: () => {
      throw new TypeError("only parsed");
    },
  }));
  new Parser(new Lexer(text).lex().tokens, place.contexts.split(" "), functions).parse();
}

/** All texts below a value, keys included: a key that held an expression would be found. */
function textsIn(value: unknown, at: string): Found[] {
  if (typeof value === "string") return [{ at, text: value }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    { at: `${at} (key)`, text: key },
    ...textsIn(inner, at === "" ? key : `${at}.${key}`),
  ]);
}
