import { data, Evaluator, Lexer, Parser } from "@actions/expressions";
import { type Plain, StrictDictionary, toData } from "../../src/simulate/context_data.ts";

/** GitHub's evaluator over contexts, by their names. Status functions give what the map says. */
export function evaluator(
  contexts: Readonly<Record<string, Plain>>,
  status: Readonly<Record<string, boolean>> = {},
): (text: string) => data.ExpressionData {
  const values = Object.entries(contexts).map(([key, value]) => [key, toData(key, value)]);
  const root = new StrictDictionary("a test", Object.fromEntries(values));
  const functions = Object.entries(status).map(([name, value]) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(value),
  }));
  const byName = new Map(functions.map((definition) => [definition.name, definition]));
  return (text) => {
    const parser = new Parser(new Lexer(text).lex().tokens, Object.keys(contexts), functions);
    return new Evaluator(parser.parse(), root, byName).evaluate();
  };
}

/** A value as text in which values of different kinds differ. */
export function show(value: data.ExpressionData): string {
  return `${data.Kind[value.kind]} ${JSON.stringify(value, data.replacer)}`;
}
