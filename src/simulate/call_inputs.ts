import { data } from "@actions/expressions";
import { UserError } from "../errors.ts";
import { type Contexts, StrictDictionary, toData } from "./context_data.ts";
import { fillValue, type Scalar, type Scope } from "./evaluate.ts";
import type { Caller, Workflow } from "./workflow_file.ts";

export type CallInputs = NonNullable<
  NonNullable<Workflow["on"]["workflow_call"]>["inputs"]
>;

/** What each type of input is where nothing gives it, and how people call it. */
const TYPES = {
  string: { nothing: "", wanted: "text" },
  boolean: { nothing: false, wanted: "true or false" },
  number: { nothing: 0, wanted: "a number" },
} as const;

/** What a job gives, by the lower-case names of what it is given as: GitHub does not tell case apart. */
export function byName<Value>(given: Readonly<Record<string, Value>> = {}): Map<string, Value> {
  return new Map(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]));
}

/** What is wrong with a value as an input, where that is known before it is filled in. */
export function wrongInput(type: CallInputs[string]["type"], value: Scalar): string | undefined {
  if (typeof value === "string" && value.includes("${{")) return undefined;
  return wrongType(type, toData("", value));
}

/** The {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#onworkflow_callinputs `inputs`} of a called workflow. Only text takes in what is of another type. */
export function callInputs(
  inputs: CallInputs = {},
  given: Caller["with"],
  scopes: Readonly<Record<"given" | "default", Scope>>,
): StrictDictionary {
  const values = byName(given);
  const filled = Object.entries(inputs).map(([name, { type, default: usual }]) => {
    const value = values.get(name.toLowerCase());
    const scope = value === undefined ? scopes.default : scopes.given;
    const at = `${scope.at}.${name}`;
    const found = fillValue(value ?? usual ?? TYPES[type].nothing, { ...scope, at });
    const wrong = wrongType(type, found);
    if (wrong !== undefined) throw new UserError(`${at}: Cannot use it as an input: ${wrong}`);
    return [name, type === "string" ? new data.StringData(found.coerceString()) : found] as const;
  });
  return new StrictDictionary("inputs", Object.fromEntries(filled) as Contexts);
}

function wrongType(
  type: CallInputs[string]["type"],
  value: data.ExpressionData,
): string | undefined {
  const isRight = {
    string: !(value instanceof data.Array || value instanceof data.Dictionary),
    boolean: value instanceof data.BooleanData,
    number: value instanceof data.NumberData,
  }[type];
  if (isRight) return undefined;
  const found = value instanceof data.StringData ? JSON.stringify(value.value) : kindOf(value);
  return `expected ${TYPES[type].wanted}, found ${found}`;
}

function kindOf(value: data.ExpressionData): string {
  if (value instanceof data.Array) return "a list";
  return value instanceof data.Dictionary ? "a mapping" : value.coerceString() || "nothing";
}
