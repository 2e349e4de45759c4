import { type FunctionDeclaration, type Node, parse } from "acorn";
import type { Place } from "./called_functions.ts";
import { children } from "./syntax.ts";

/**
 * Puts functions into parentheses. V8 compiles these with their script, and Deno caches the result;
 * it compiles all others when they are called, in every run anew. Functions that are declared move
 * to the top, since they may be called before their place.
 */
export function compileEarly(script: string, functions: ReadonlySet<Place>): string {
  const program = parse(script, { ecmaVersion: "latest", sourceType: "module" });
  const isWanted = ({ start, end }: Node) => functions.has(`${start}-${end}`);
  const declared = program.body
    .filter((node): node is FunctionDeclaration => node.type === "FunctionDeclaration")
    .filter(isWanted);
  const parentheses = [...expressionsIn(program)].filter(isWanted)
    .flatMap(({ start, end }) => [{ at: start, text: "(" }, { at: end, text: ")" }])
    .sort((a, b) => a.at - b.at);
  const write = (from: number, to: number) => {
    let text = "";
    let written = from;
    for (const { at, text: parenthesis } of parentheses) {
      if (at < from || at > to) continue;
      text += script.slice(written, at) + parenthesis;
      written = at;
    }
    return text + script.slice(written, to);
  };
  const moved = declared.map(({ id, start, end }) =>
    `${id.name}=(${script.slice(start, id.start)}${write(id.end, end)})`
  );
  const gaps = [...declared, { start: script.length, end: script.length }].map(({ start }, index) =>
    write(declared[index - 1]?.end ?? 0, start)
  );
  return `${moved.length === 0 ? "" : `var ${moved.join(",")};`}${gaps.join("")}`;
}

/** The functions that are expressions: a method cannot be in parentheses. */
function* expressionsIn(node: Node): Generator<Node> {
  const isMethod = node.type === "MethodDefinition" ||
    (node.type === "Property" &&
      ("method" in node && node.method || "kind" in node && node.kind !== "init"));
  for (const [key, child] of children(node)) {
    const isFunction = /^(?:Function|ArrowFunction)Expression$/.test(child.type);
    if (isFunction && !(isMethod && key === "value")) yield child;
    yield* expressionsIn(child);
  }
}
