import { data, Evaluator, Lexer, Parser } from "@actions/expressions";

/** A dictionary that does not take a misspelt key for null, as GitHub's own does. */
class StrictDictionary extends data.Dictionary {
  override get(key: string): data.ExpressionData {
    const value = super.get(key);
    if (value === undefined) throw new RangeError(`Cannot find the key "${key}"`);
    return value;
  }
}

/** A value of a context, as plain JSON. */
export type Plain =
  | null
  | string
  | number
  | boolean
  | readonly Plain[]
  | { readonly [key: string]: Plain };

function toData(value: Plain): data.ExpressionData {
  if (value === null) return new data.Null();
  if (typeof value === "string") return new data.StringData(value);
  if (typeof value === "number") return new data.NumberData(value);
  if (typeof value === "boolean") return new data.BooleanData(value);
  if (Array.isArray(value)) return new data.Array(...value.map(toData));
  return new StrictDictionary(
    ...Object.entries(value).map(([key, value]) => ({ key, value: toData(value) })),
  );
}

/** GitHub's evaluator over contexts, by their names. Status functions give what the map says. */
export function evaluator(
  contexts: Readonly<Record<string, Plain>>,
  status: Readonly<Record<string, boolean>> = {},
): (text: string) => data.ExpressionData {
  const root = new StrictDictionary(
    ...Object.entries(contexts).map(([key, value]) => ({ key, value: toData(value) })),
  );
  const functions = Object.entries(status).map(([name, value]) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(value),
  }));
  return (text) => {
    const parser = new Parser(new Lexer(text).lex().tokens, Object.keys(contexts), functions);
    const byName = new Map(functions.map((definition) => [definition.name, definition]));
    return new Evaluator(parser.parse(), root, byName).evaluate();
  };
}

/** A value as text in which values of different kinds differ. */
export function show(value: data.ExpressionData): string {
  return `${data.Kind[value.kind]} ${JSON.stringify(value, data.replacer)}`;
}
