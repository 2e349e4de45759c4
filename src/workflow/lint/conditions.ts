import { type ExpressionNode, isExpression } from "../expression.ts";
import { findAt, nodesOf, valuesOf } from "../value_places.ts";
import { formatValue } from "../text.ts";
import { isConstant, pathsIn } from "../truth.ts";
import type { LintRule } from "./rule.ts";

export const constantCondition: LintRule = {
  id: "constant-condition",
  refuses: "a condition that is text around `${{ }}`, or that comes to the same in every run",
  why: "text always counts as true, so the guard that people read in the file is not there",
  fix: "make the whole condition one expression that asks about the run, or leave it out",
  check: (workflow) =>
    findAt(valuesOf(workflow), ({ part, value }) => {
      if (!part.endsWith("condition")) return undefined;
      if (isExpression(value)) {
        return isConstant(value.node) &&
          `Cannot use the condition "${value.text}": it comes to the same in every run`;
      }
      return `Cannot use the condition ${JSON.stringify(formatValue(value))}: expected an ` +
        "expression, and text counts as true";
    }),
};

/** The contexts that hold the name of a branch or of a tag. */
const REFS = [
  ...["ref", "ref_name", "head_ref", "base_ref", "event.ref", "event.base_ref"],
  ...["event.workflow_run.head_branch", "event.pull_request.base.ref"],
  ...["event.pull_request.head.ref", "event.pull_request.head.label"],
].map((name) => `github.${name}`);

export const looseRefCheck: LintRule = {
  id: "loose-ref-check",
  refuses: "`contains()`, `endsWith()` and `startsWith()` on a branch or a tag, but for a " +
    '`startsWith()` whose text ends with "/" and a `contains()` over a list',
  why: "a branch called `not-main` contains `main`, and anyone who can push can make one",
  fix: "compare the whole ref with ==",
  check: (workflow) =>
    findAt(nodesOf(workflow), ({ expression, node }) => {
      return node.kind === "call" && isLoose(node) &&
        `Cannot ask "${expression.text}": ${node.name}() looks at a part of a ref`;
    }),
};

/** How functions that look at a part of a text may be used with a ref. */
const WHOLE: Readonly<Record<string, (first: ExpressionNode, second?: ExpressionNode) => boolean>> =
  {
    contains: (list) => !readsRef(list) && isList(list),
    // A text such as `refs/tags/` ends where a name begins.
    startswith: (ref, text) =>
      readsRef(ref) && text?.kind === "literal" && String(text.value).endsWith("/"),
    endswith: () => false,
  };

function isLoose({ name, args }: Extract<ExpressionNode, { kind: "call" }>): boolean {
  const [first, second] = args;
  return first !== undefined && args.some(readsRef) &&
    WHOLE[name.toLowerCase()]?.(first, second) === false;
}

function readsRef(node: ExpressionNode): boolean {
  return pathsIn(node).some((path) => REFS.includes(path.join(".").toLowerCase()));
}

/** In a list, `contains()` looks for a whole item. */
function isList(node: ExpressionNode): boolean {
  if (node.kind === "context") return node.path.includes("*");
  const [text] = node.kind === "call" && node.name === "fromJSON" ? node.args : [];
  if (text?.kind !== "literal" || typeof text.value !== "string") return false;
  try {
    return Array.isArray(JSON.parse(text.value));
  } catch {
    return false;
  }
}
