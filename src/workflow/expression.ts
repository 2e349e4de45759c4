/** A node of an expression's syntax tree. */
export type ExpressionNode =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "context"; readonly path: readonly (string | number | ExpressionNode)[] }
  | {
    readonly kind: "index";
    readonly of: ExpressionNode;
    readonly path: readonly (string | number | ExpressionNode)[];
  }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly ExpressionNode[] }
  | { readonly kind: "not"; readonly operand: ExpressionNode }
  | {
    readonly kind: "binary";
    readonly operator: BinaryOperator;
    readonly left: ExpressionNode;
    readonly right: ExpressionNode;
  };

/** The operators that hubwright's workflows use. */
export type BinaryOperator = "==" | "!=" | "&&" | "||";

/** JSON text that holds a value of type `Value`. */
export type Json<Value> = string & { readonly "~json": Value };
declare const type: unique symbol;

/** What an operand may be: an expression, or a value that becomes a literal. */
export type Operand<Value> = Expression<Value> | (Value & (string | number | boolean | null));

const EXPRESSION = Symbol.for("hubwright.expression");

/**
 * An expression of GitHub Actions whose value has the type `Value`. Expressions are composed by
 * methods, never spliced from text: precedence and escaping are settled when they are printed.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/expressions}
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { context } from "./expression.ts";
 *
 * const event = context<string>("github", "event_name");
 * const ref = context<string>("github", "ref");
 * const condition = event.equals("push").and(ref.equals("refs/heads/it's").not());
 * assert(
 *   condition.text === "github.event_name == 'push' && !(github.ref == 'refs/heads/it''s')",
 * );
 * ```
 */
export class Expression<out Value> {
  /** The type of the value: there for the compiler alone. */
  declare readonly [type]: Value;
  /** Marks an expression, whichever copy of hubwright made it. */
  readonly [EXPRESSION] = true;
  /** The syntax tree. */
  readonly node: ExpressionNode;

  /**
   * Makes an expression from its syntax tree; `context` and `call` are shorter.
   *
   * @param node The syntax tree.
   */
  constructor(node: ExpressionNode) {
    this.node = node;
  }

  /** The expression's text, without `${{ }}`. */
  get text(): string {
    return print(this.node);
  }

  /** Whether both are equal, by {@link https://docs.github.com/actions/reference/workflows-and-actions/expressions#operators GitHub's loose equality}. */
  equals(other: Operand<Value>): Expression<boolean> {
    return binary("==", this, other);
  }

  /** Whether they differ, by GitHub's loose equality. */
  notEquals(other: Operand<Value>): Expression<boolean> {
    return binary("!=", this, other);
  }

  /** The other operand where this one is true, otherwise this one. */
  and<Other>(other: Operand<Other>): Expression<Other | Value> {
    return binary("&&", this, other);
  }

  /** This operand where it is true, otherwise the other. */
  or<Other>(other: Operand<Other>): Expression<Other | Value> {
    return binary("||", this, other);
  }

  /** True where this is false. */
  not(): Expression<boolean> {
    return new Expression({ kind: "not", operand: this.node });
  }

  /** An expression is no text: to put it into a script, hand it over through `env`. */
  toString(): never {
    throw new TypeError(
      `Cannot put the expression "${this.text}" into text: compose it, or pass it through env`,
    );
  }
}

/** Whether something is an expression: of this copy of hubwright, or of the one that a config imports. */
export function isExpression(value: unknown): value is Expression<unknown> {
  return typeof value === "object" && value !== null && EXPRESSION in value;
}

/** Reads a context: its name, and the keys and indices below it; `*` is GitHub's object filter. */
export function context<Value>(...path: readonly (string | number)[]): Expression<Value> {
  return new Expression({ kind: "context", path });
}

/** Reads one item of a list, counted from 0; one that is not there is null. */
export function itemOf<Item>(
  list: Expression<readonly Item[] | undefined>,
  index: number,
): Expression<Item> {
  return below(list, index);
}

/** Reads a field of a value. */
export function fieldOf<Of, Name extends keyof Of & string>(
  value: Expression<Of>,
  name: Name,
): Expression<Of[Name]> {
  return below(value, name);
}

/** Reads what a mapping has under a name that is known in the run. */
export function valueOf<Value>(
  mapping: Expression<Readonly<Record<string, Value>>>,
  key: Expression<string>,
): Expression<Value> {
  return below(mapping, key.node);
}

function below<Value>(
  { node, text }: Expression<unknown>,
  key: string | number | ExpressionNode,
): Expression<Value> {
  if (node.kind === "context" || node.kind === "index") {
    return new Expression({ ...node, path: [...node.path, key] });
  }
  if (node.kind === "call") return new Expression({ kind: "index", of: node, path: [key] });
  throw new TypeError(`Cannot index "${text}": expected a context or a call`);
}

/** Reads what a context has under a name that is known in the run. */
export function entryOf<Value>(name: string, key: Expression<string>): Expression<Value> {
  return new Expression({ kind: "context", path: [name, key.node] });
}

/** Calls one of GitHub's functions. */
export function call<Value>(
  name: string,
  ...args: readonly Operand<unknown>[]
): Expression<Value> {
  return new Expression({ kind: "call", name, args: args.map(nodeOf) });
}

function binary<Value>(
  operator: BinaryOperator,
  left: Operand<unknown>,
  right: Operand<unknown>,
): Expression<Value> {
  return new Expression({ kind: "binary", operator, left: nodeOf(left), right: nodeOf(right) });
}

function nodeOf(operand: Operand<unknown>): ExpressionNode {
  if (isExpression(operand)) return operand.node;
  if (operand === null || ["string", "number", "boolean"].includes(typeof operand)) {
    return { kind: "literal", value: operand };
  }
  const found = Array.isArray(operand) ? "a list" : `a value of the type ${typeof operand}`;
  throw new TypeError(
    `Cannot use ${found} in an expression: expected text, a number, true, false, null or an ` +
      "expression",
  );
}

/** How tightly each operator binds: a larger number binds tighter. */
const PRECEDENCE: Readonly<Record<BinaryOperator, number>> = { "||": 1, "&&": 2, "==": 3, "!=": 3 };

function print(node: ExpressionNode): string {
  switch (node.kind) {
    case "literal":
      return typeof node.value === "string"
        ? `'${node.value.replaceAll("'", "''")}'`
        : String(node.value);
    case "context":
      return node.path.map(printKey).join("");
    case "index":
      return print(node.of) + node.path.map((key) => printKey(key, 1)).join("");
    case "call":
      return `${node.name}(${node.args.map(print).join(", ")})`;
    case "not":
      return node.operand.kind === "binary"
        ? `!(${print(node.operand)})`
        : `!${print(node.operand)}`;
    case "binary":
      return [printOperand(node, "left"), node.operator, printOperand(node, "right")].join(" ");
  }
}

function printOperand(
  parent: Extract<ExpressionNode, { kind: "binary" }>,
  side: "left" | "right",
): string {
  const node = parent[side];
  if (node.kind !== "binary") return print(node);
  const own = PRECEDENCE[node.operator];
  const around = PRECEDENCE[parent.operator];
  // Both sides of `&&` and of `||` may be regrouped; those of `==` may not.
  const needed = own < around ||
    (own === around && side === "right" && (node.operator !== parent.operator || own === 3));
  return needed ? `(${print(node)})` : print(node);
}

function printKey(key: string | number | ExpressionNode, index: number): string {
  if (typeof key === "object") return `[${print(key)}]`;
  if (index === 0) return String(key);
  if (typeof key === "number") return `[${key}]`;
  if (key === "*" || /^[A-Za-z_][\w-]*$/.test(key)) return `.${key}`;
  return `['${key.replaceAll("'", "''")}']`;
}
