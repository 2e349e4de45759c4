import { data } from "@actions/expressions";
import { UserError } from "../errors.ts";

export type Plain =
  | null
  | string
  | number
  | boolean
  | readonly Plain[]
  | { readonly [key: string]: Plain };

export type Contexts = Readonly<Record<string, data.ExpressionData>>;

/**
 * A mapping that does not take an unknown key for null, as GitHub's own does: a misspelt name
 * stops the simulation.
 */
export class StrictDictionary extends data.Dictionary {
  constructor(private readonly name: string, values: Contexts = {}) {
    super(...Object.entries(values).map(([key, value]) => ({ key, value })));
  }

  override get(key: string): data.ExpressionData {
    const value = super.get(key);
    if (value !== undefined) return value;
    const known = this.pairs().map(({ key }) => key).join(", ");
    throw new UserError(
      `Cannot read "${key}" of "${this.name}": expected one of ${known || "nothing"}`,
    );
  }
}

export function toData(name: string, value: Plain): data.ExpressionData {
  if (value === null) return new data.Null();
  if (typeof value === "string") return new data.StringData(value);
  if (typeof value === "number") return new data.NumberData(value);
  if (typeof value === "boolean") return new data.BooleanData(value);
  if (Array.isArray(value)) {
    return new data.Array(...value.map((item, index) => toData(`${name}[${index}]`, item)));
  }
  const entries = Object.entries(value).map(([key, item]) => [key, toData(`${name}.${key}`, item)]);
  return new StrictDictionary(name, Object.fromEntries(entries));
}

export function toPlain(value: data.ExpressionData): Plain {
  if (value instanceof data.Dictionary) {
    return Object.fromEntries(value.pairs().map(({ key, value }) => [key, toPlain(value)]));
  }
  if (value instanceof data.Array) return value.values().map(toPlain);
  if (value instanceof data.BooleanData || value instanceof data.NumberData) return value.value;
  return value instanceof data.Null ? null : value.coerceString();
}

/** The `secrets` context: each secret is masked from the moment it is read. */
export class Secrets extends data.Dictionary {
  constructor(
    private readonly token: string,
    private readonly masks: Set<string>,
    private readonly secret: (name: string) => string,
  ) {
    super();
  }

  override get(name: string): data.ExpressionData {
    const value = name.toUpperCase() === "GITHUB_TOKEN" ? this.token : this.secret(name);
    this.masks.add(value);
    return new data.StringData(value);
  }
}
