import { data, Evaluator, Lexer, Parser } from "@actions/expressions";
import { thrownText, UserError } from "../errors.ts";
import { type Contexts, StrictDictionary, toData } from "./context_data.ts";

const STATUS_FUNCTIONS = ["success", "failure", "cancelled", "always"] as const;

const HASH_FILES = "hashFiles";
const STEP = "github needs strategy matrix job runner env vars secrets steps inputs";

/** The places of a workflow. A {@link https://docs.github.com/actions/reference/workflows-and-actions/contexts#context-availability context that GitHub does not offer} at a place is an error there. */
export const PLACES = {
  workflowEnv: place("github secrets inputs vars"),
  concurrency: place("github inputs vars"),
  jobIf: place("github needs vars inputs", STATUS_FUNCTIONS),
  jobStrategy: place("github needs vars inputs"),
  jobSetting: place("github needs strategy matrix vars inputs"),
  jobEnv: place("github needs strategy matrix vars secrets inputs"),
  callSecrets: place("github needs strategy matrix vars secrets inputs"),
  callOutputs: place("github jobs vars inputs"),
  jobDefaults: place("github needs strategy matrix env vars inputs"),
  jobOutputs: place(STEP),
  step: place(STEP, [HASH_FILES]),
  stepIf: place("github needs strategy matrix job runner env vars steps inputs", [
    HASH_FILES,
    ...STATUS_FUNCTIONS,
  ]),
};

export type Place = ReturnType<typeof place>;

/** The functions are those that may be called besides those that may be called anywhere. */
function place(contexts: string, functions: readonly string[] = []) {
  return { contexts: contexts.split(" "), functions };
}

/** Finds the expressions in a text, as GitHub's runner does: `}}` in quotes is text. */
export function splitTemplate(text: string): string[] {
  const parts: string[] = [];
  let rest = text;
  for (let start = rest.indexOf("${{"); start >= 0; start = rest.indexOf("${{")) {
    const match = /^(?:'[^']*'|(?!\}\})[^'])*(?=\}\})/s.exec(rest.slice(start + 3));
    if (match === null) throw new SyntaxError(`Cannot read "${text}": expected "}}"`);
    parts.push(rest.slice(0, start), match[0].trim());
    rest = rest.slice(start + 3 + match[0].length + 2);
  }
  return [...parts, rest];
}

/** The expression that a text is, where it is nothing else. */
function wholeOf([before = "", whole, after, more]: readonly string[]): string | undefined {
  return more === undefined && `${before}${after}`.trim() === "" ? whole : undefined;
}

/**
 * What `hashFiles` gives: a hash of the files in the workspace that match, in the order of their
 * paths, or nothing where none does. A leading `!` takes files out again.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/expressions#hashfiles}
 */
function hashFiles(workspace: string, patterns: readonly string[]): string {
  // An import of Node's API would cost every command for people a third of its start.
  const { createHash } = process.getBuiltinModule("node:crypto");
  const { globSync } = process.getBuiltinModule("node:fs");
  const { resolve } = process.getBuiltinModule("node:path");
  const files = new Set<string>();
  for (const line of patterns.flatMap((pattern) => pattern.split("\n"))) {
    const [, not, pattern = ""] = /^(!?)\s*(.*?)\/?\s*$/.exec(line.trim()) ?? [];
    if (pattern === "" || pattern.startsWith("#")) continue;
    for (const path of globSync([pattern, `${pattern}/**`], { cwd: workspace })) {
      if (not === "!") files.delete(path);
      else files.add(path);
    }
  }
  const found = [...files].sort().map((path) => resolve(workspace, path))
    .filter((file) => file.startsWith(`${workspace}/`) && Deno.statSync(file).isFile);
  const hash = createHash("sha256");
  for (const file of found) {
    hash.update(createHash("sha256").update(Deno.readFileSync(file)).digest());
  }
  return found.length > 0 ? hash.digest("hex") : "";
}

export type Status = Readonly<Record<"success" | "failure" | "cancelled", boolean>>;

export interface Scope {
  /** Where it is, for messages: `deploy-hubs.yaml: jobs.plan.if`. */
  readonly at: string;
  readonly place: Place;
  readonly contexts: Contexts;
  readonly status?: Status;
  /** The folder in which `hashFiles` looks, where there is one. */
  readonly workspace?: string;
}

export type Scalar = string | number | boolean | null;

const cache = new Map<string, ReturnType<typeof parseNew>>();

/** Evaluates an {@link https://docs.github.com/actions/reference/workflows-and-actions/expressions expression} as GitHub does, with contexts in which an unknown key is an error. */
export function evaluate(text: string, scope: Scope): data.ExpressionData {
  const { expression } = parse(text, scope);
  const root = new StrictDictionary(scope.at, scope.contexts);
  const functions = functionsOf(scope).map((info) => [info.name.toLowerCase(), info] as const);
  try {
    return new Evaluator(expression, root, new Map(functions)).evaluate();
  } catch (error) {
    throw asUserError(text, scope, error);
  }
}

/** Fills in the expressions of a value. A value that is one expression keeps its type. */
export function fillValue(value: Scalar, scope: Scope): data.ExpressionData {
  if (typeof value !== "string") return toData("", value ?? "");
  const parts = split(value, scope);
  const whole = wholeOf(parts);
  if (whole !== undefined) return evaluate(whole, scope);
  return new data.StringData(
    parts.map((part, index) => index % 2 === 0 ? part : evaluate(part, scope).coerceString())
      .join(""),
  );
}

export function fillText(value: Scalar, scope: Scope): string {
  return fillValue(value, scope).coerceString();
}

export function fillAll(
  values: Readonly<Record<string, Scalar>> | undefined,
  scope: Scope,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values ?? {}).map(([name, value]) =>
      [name, fillText(value, { ...scope, at: `${scope.at}.${name}` })] as const
    ),
  );
}

/** Whether a condition holds. Where it asks for {@link https://docs.github.com/actions/reference/workflows-and-actions/expressions#status-check-functions no status}, `success()` is meant besides. */
export function holds(
  condition: string | number | boolean | undefined,
  scope: Scope & { readonly status: Status },
): boolean {
  if (condition === undefined) return scope.status.success;
  const parts = split(String(condition), scope);
  const whole = wholeOf(parts);
  if (parts.length > 1 && whole === undefined) {
    // Text around an expression makes one text of it all, and text is true.
    throw new UserError(
      `${scope.at}: Cannot use an "if" of text around an expression: it always holds`,
    );
  }
  const text = whole ?? parts[0] ?? "";
  if (!parse(text, scope).asksStatus && !scope.status.success) return false;
  return isTrue(evaluate(`!!(${text})`, scope));
}

export function isTrue(value: data.ExpressionData): boolean {
  return value instanceof data.BooleanData && value.value;
}

function split(text: string, { at }: Scope): string[] {
  try {
    return splitTemplate(text);
  } catch (error) {
    throw new UserError(`${at}: ${thrownText(error)}`);
  }
}

function parse(text: string, scope: Scope) {
  const key = `${scope.place.functions.join()} ${scope.place.contexts.join()} ${text}`;
  const parsed = cache.get(key) ?? parseNew(text, scope);
  cache.set(key, parsed);
  return parsed;
}

function parseNew(text: string, scope: Scope) {
  try {
    const { tokens } = new Lexer(text).lex();
    for (const token of tokens) {
      // The lexer unescapes only the first '' of a text.
      if (/^'.*'$/s.test(token.lexeme)) {
        token.value = token.lexeme.slice(1, -1).replaceAll("''", "'");
      }
    }
    return {
      expression: new Parser(tokens, [...scope.place.contexts], functionsOf(scope)).parse(),
      asksStatus: tokens.some(({ lexeme }, index) =>
        STATUS_FUNCTIONS.some((name) => name === lexeme.toLowerCase()) &&
        tokens[index + 1]?.lexeme === "("
      ),
    };
  } catch (error) {
    throw asUserError(text, scope, error);
  }
}

function functionsOf({ place, status, workspace = "" }: Scope) {
  return place.functions.map((name) => {
    const says = { always: true, ...status }[name as typeof STATUS_FUNCTIONS[number]] === true;
    return name === HASH_FILES
      ? {
        ...{ name, minArgs: 1, maxArgs: 255 },
        call: (...patterns: data.ExpressionData[]): data.ExpressionData =>
          new data.StringData(hashFiles(workspace, patterns.map((text) => text.coerceString()))),
      }
      : { name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(says) };
  });
}

function asUserError(text: string, { at }: Scope, error: unknown): UserError {
  return new UserError(`${at}: Cannot evaluate "${text}": ${thrownText(error)}`);
}
