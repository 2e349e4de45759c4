import {
  type AnyNode,
  type Identifier,
  type Literal,
  type Node,
  parse,
  type Program,
  type Property,
} from "acorn";
import { children, namesIn } from "./syntax.ts";

/** How a function without side effects is marked. */
const PURE_FUNCTION = "// @__NO_SIDE_EFFECTS__\n";

/**
 * Makes schemas and regular expressions when they are first used: a run uses few of them, and
 * making all takes 4 ms, a quarter of an empty script. `var name = z.string()` becomes a function
 * `name()` that remembers its value.
 *
 * It takes the scripts of one program as the bundler writes them, and what others import first.
 */
export function withLateConstants(scripts: readonly string[]): readonly string[] {
  const exported: Known = { late: new Set(), pure: new Set() };
  return scripts.map((script) => {
    const program = parse(script, { ecmaVersion: "latest", sourceType: "module" });
    const pure = new Set([...UNMARKED, ...pureFunctions(script, program)]);
    const known: Known = { late: new Set(), pure };
    for (const [name, local] of importedNames(program)) {
      if (exported.late.has(name)) known.late.add(local);
      if (exported.pure.has(name)) known.pure.add(local);
    }
    const edits = [...declareLate(program, known), ...useLate(program, known)];
    for (const [name, local] of exportedNames(program)) {
      if (known.late.has(local)) exported.late.add(name);
      if (known.pure.has(local)) exported.pure.add(name);
    }
    return apply(edits, script);
  });
}

/** The names of late constants, and of functions that only make a value. */
interface Known {
  readonly late: Set<string>;
  readonly pure: Set<string>;
}

/** A piece of a script, and what to write in its place. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function pureFunctions(script: string, program: Program): readonly string[] {
  return program.body.flatMap((node) =>
    node.type === "FunctionDeclaration" &&
      script.startsWith(PURE_FUNCTION, node.start - PURE_FUNCTION.length)
      ? [node.id.name]
      : []
  );
}

/**
 * What js-yaml makes its schemas with. It does not mark them, so the bundler would keep all of its
 * schemas, and every run would make them.
 */
const UNMARKED = ["defineScalarTag", "defineSequenceTag", "defineMappingTag", "Schema", "RegExp"];

/** The methods of late constants that only make another one. */
const PURE_METHODS = ["check", "withTags"];

function isLate(node: AnyNode, known: Known): boolean {
  switch (node.type) {
    case "Identifier":
      return known.late.has(node.name);
    case "Literal":
      return node.regex !== undefined;
    case "NewExpression":
    case "CallExpression": {
      const { callee } = node;
      if (callee.type === "Identifier") return known.pure.has(callee.name);
      return callee.type === "MemberExpression" && isLate(callee.object, known) &&
        callee.property.type === "Identifier" && PURE_METHODS.includes(callee.property.name);
    }
    case "ObjectExpression":
      return node.properties.length > 0 &&
        node.properties.every((property) =>
          property.type === "Property" && isLate(property.value, known)
        );
    default:
      return false;
  }
}

/** Finds the constants to make late, adds their names to what is known, and declares them. */
function declareLate(program: Program, known: Known): readonly Edit[] {
  const bindings = [...namesIn(program)].filter(({ use }) => use === "binding");
  const count = Map.groupBy(bindings, ({ node }) => node.name);
  return program.body.flatMap((statement) => {
    if (statement.type !== "VariableDeclaration") return [];
    const [first, ...others] = statement.declarations;
    if (first?.id.type !== "Identifier" || !first.init || others.length > 0) return [];
    const { id: { name }, init } = first;
    // A name that is assigned later, or is another's elsewhere, stays as it is.
    if (!isLate(init, known) || count.get(name)?.length !== 1) return [];
    known.late.add(name);
    const text = `var ${name}$value; function ${name}() { return ${name}$value ??= `;
    return [
      { start: statement.start, end: init.start, text },
      { start: init.end, end: statement.end, text: "; }" },
    ];
  });
}

function useLate(program: Program, known: Known): readonly Edit[] {
  const uses = [...namesIn(program)].filter(({ node, use }) =>
    use !== "binding" && known.late.has(node.name)
  );
  return [
    ...[...schemasIn(program, known)].flatMap(({ start, value }) => [
      { start, end: value.start, text: "get schema() { return " },
      { start: value.end, end: value.end, text: "; }" },
    ]),
    ...uses.map(({ node: { start, end, name }, use }) => {
      return { start, end, text: use === "shorthand" ? `${name}: ${name}()` : `(${name}())` };
    }),
  ];
}

/** The schemas of a command's options and outputs: of these, a run reads few. */
function* schemasIn(node: Node, known: Known): Generator<Property> {
  for (const [key, child] of children(node)) {
    if (key === "properties" && isSchema(child) && isLate(child.value, known)) yield child;
    yield* schemasIn(child, known);
  }
}

function isSchema(node: Node): node is Property {
  const { type, computed, shorthand, key } = node as Property;
  return type === "Property" && !computed && !shorthand && key.type === "Identifier" &&
    key.name === "schema";
}

type Link = readonly [name: string, local: string];

function importedNames(program: Program): readonly Link[] {
  return program.body.flatMap((node) => node.type === "ImportDeclaration" ? node.specifiers : [])
    .flatMap((specifier) =>
      specifier.type === "ImportSpecifier" ? [linkOf(specifier.imported, specifier.local)] : []
    );
}

function exportedNames(program: Program): readonly Link[] {
  return program.body
    .flatMap((node) => node.type === "ExportNamedDeclaration" ? node.specifiers : [])
    .map(({ exported, local }) => linkOf(exported, local));
}

function linkOf(name: Identifier | Literal, local: Identifier | Literal): Link {
  return [nameOf(name), nameOf(local)];
}

function nameOf(node: Identifier | Literal): string {
  return node.type === "Identifier" ? node.name : String(node.value);
}

function apply(edits: readonly Edit[], script: string): string {
  let text = "";
  let written = 0;
  for (const { start, end, text: replacement } of edits.toSorted((a, b) => a.start - b.start)) {
    text += script.slice(written, start) + replacement;
    written = end;
  }
  return text + script.slice(written);
}
