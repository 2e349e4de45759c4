import { data, Evaluator, Lexer, Parser } from "@actions/expressions";
import { thrownText, UserError } from "../errors.ts";
import { hashFiles } from "./hash_files.ts";
import { HASH_FILES, type Place, STATUS_FUNCTIONS } from "./place.ts";
import { type Contexts, StrictDictionary } from "./strict_dictionary.ts";
import { isWhole, splitTemplate } from "./template.ts";

/** What the status functions say. */
export interface Status {
  readonly success: boolean;
  readonly failure: boolean;
  readonly cancelled: boolean;
}

/** What an expression reads. */
export interface Scope {
  /** Where it is, for messages: `deploy-hubs.yaml: jobs.plan.if`. */
  readonly at: string;
  readonly place: Place;
  /** The contexts by name, made when they are read. */
  readonly contexts: () => Contexts;
  readonly status?: Status;
  /** The folder in which `hashFiles` looks, where there is one. */
  readonly workspace?: string;
}

/** A value that YAML has where a text or an expression may be. */
export type Scalar = string | number | boolean | null;

interface Parsed {
  readonly expression: ReturnType<Parser["parse"]>;
  readonly asksStatus: boolean;
}

const cache = new Map<string, Parsed>();

/**
 * Evaluates an expression as GitHub does, with contexts in which an unknown key is an error.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/expressions}
 */
export function evaluate(text: string, scope: Scope): data.ExpressionData {
  const { expression } = parse(text, scope);
  const root = new StrictDictionary(scope.at, scope.contexts());
  const functions = functionsOf(scope).map((info) => [info.name.toLowerCase(), info] as const);
  try {
    return new Evaluator(expression, root, new Map(functions)).evaluate();
  } catch (error) {
    throw asUserError(text, scope, error);
  }
}

/** Fills in the expressions of a value. A value that is one expression keeps its type. */
export function fillValue(value: Scalar, scope: Scope): data.ExpressionData {
  if (value === null) return new data.StringData("");
  if (typeof value === "number") return new data.NumberData(value);
  if (typeof value === "boolean") return new data.BooleanData(value);
  const parts = split(value, scope);
  if (isWhole(parts)) return evaluate(parts[1] ?? "", scope);
  return new data.StringData(
    parts.map((part, index) => index % 2 === 0 ? part : evaluate(part, scope).coerceString())
      .join(""),
  );
}

export function fillText(value: Scalar, scope: Scope): string {
  return fillValue(value, scope).coerceString();
}

/** Fills in the values of a mapping. */
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

/**
 * Whether a condition holds. Where it asks for no status, `success()` is meant besides.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/expressions#status-check-functions}
 */
export function holds(
  condition: string | number | boolean | undefined,
  scope: Scope & { readonly status: Status },
): boolean {
  if (condition === undefined) return scope.status.success;
  const parts = split(String(condition), scope);
  if (parts.length > 1 && !isWhole(parts)) {
    // Text around an expression makes one text of it all, and text is true.
    throw new UserError(
      `${scope.at}: Cannot use an "if" of text around an expression: it always holds`,
    );
  }
  const text = isWhole(parts) ? parts[1] ?? "" : parts[0] ?? "";
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

function parse(text: string, scope: Scope): Parsed {
  const key = `${scope.place.functions.join()} ${scope.place.contexts.join()} ${text}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  try {
    const { tokens } = new Lexer(text).lex();
    for (const token of tokens) {
      // The lexer unescapes only the first '' of a text.
      if (/^'.*'$/s.test(token.lexeme)) {
        token.value = token.lexeme.slice(1, -1).replaceAll("''", "'");
      }
    }
    const parsed = {
      expression: new Parser(tokens, [...scope.place.contexts], functionsOf(scope)).parse(),
      asksStatus: tokens.some(({ lexeme }, index) =>
        STATUS_FUNCTIONS.some((name) => name === lexeme.toLowerCase()) &&
        tokens[index + 1]?.lexeme === "("
      ),
    };
    cache.set(key, parsed);
    return parsed;
  } catch (error) {
    throw asUserError(text, scope, error);
  }
}

interface Function {
  readonly name: string;
  readonly minArgs: number;
  readonly maxArgs: number;
  readonly call: (...values: data.ExpressionData[]) => data.ExpressionData;
}

function functionsOf({ place, status, workspace = "" }: Scope): Function[] {
  return place.functions.map((name) => {
    if (name === HASH_FILES) {
      const call: Function["call"] = (...patterns) =>
        new data.StringData(hashFiles(workspace, patterns.map((text) => text.coerceString())));
      return { name, minArgs: 1, maxArgs: 255, call };
    }
    const says = { always: true, ...status }[name as typeof STATUS_FUNCTIONS[number]];
    return { name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(says === true) };
  });
}

function asUserError(text: string, { at }: Scope, error: unknown): UserError {
  return new UserError(`${at}: Cannot evaluate "${text}": ${thrownText(error)}`);
}
