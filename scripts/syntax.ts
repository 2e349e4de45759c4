import type { Identifier, Node } from "acorn";

/** The nodes inside a node, each with the key that it is under. */
export function* children(node: Node): Generator<readonly [key: string, child: Node]> {
  for (const [key, value] of Object.entries(node)) {
    for (const child of [value].flat()) {
      if (typeof child === "object" && child !== null && "type" in child) yield [key, child];
    }
  }
}

/** A name in a script, and what it is there for. */
export interface Name {
  readonly node: Identifier;
  /** A binding declares or assigns a variable. */
  readonly use: "binding" | "reference" | "shorthand";
}

/** The names of variables in a script, but for those that are imported or exported. */
export function* namesIn(node: Node, binds = false): Generator<Name> {
  if (isIdentifier(node)) return yield { node, use: binds ? "binding" : "reference" };
  const { type, computed, shorthand } = node as Node & Partial<Record<string, unknown>>;
  if (/^(?:Import|Export)\w*Specifier$/.test(type)) return;
  for (const [key, child] of children(node)) {
    const isKey = key === "property" || key === "key" || key === "label";
    if (isKey && isIdentifier(child) && computed !== true) continue;
    const inside = BINDING.test(`${type}.${key}`) || binds && PATTERN.test(`${type}.${key}`);
    if (shorthand === true && !inside && isIdentifier(child)) {
      yield { node: child, use: "shorthand" };
    } else yield* namesIn(child, inside);
  }
}

/** What declares or assigns variables. */
const BINDING =
  /^(?:VariableDeclarator\.id|\w*Function\w*\.(?:id|params)|Class\w*\.id|CatchClause\.param|AssignmentExpression\.left|UpdateExpression\.argument|For(?:In|Of)Statement\.left)$/;

/** What does so inside of that. */
const PATTERN =
  /^(?:ObjectPattern\.properties|Property\.value|ArrayPattern\.elements|RestElement\.argument|AssignmentPattern\.left)$/;

function isIdentifier(node: Node): node is Identifier {
  return node.type === "Identifier";
}
