import { type ExpressionNode, isExpression } from "../expression.ts";
import { nodesOf, valuesOf } from "../value_places.ts";
import { formatValue } from "../text.ts";
import { isConstant, pathsIn } from "../truth.ts";
import type { LintRule } from "./rule.ts";

/** Conditions that do not decide anything. */
export const constantCondition: LintRule = {
  id: "constant-condition",
  refuses: "a condition that is text around `${{ }}`, or that comes to the same in every run",
  why: "text always counts as true, so the guard that people read in the file is not there",
  fix: "make the whole condition one expression that asks about the run, or leave it out",
  check: (workflow) =>
    valuesOf(workflow).filter(({ part }) => part.endsWith("condition")).flatMap(
      ({ job, step, value }) => {
        const message = !isExpression(value)
          ? `Cannot use the condition ${JSON.stringify(formatValue(value))}: expected an ` +
            "expression, and text counts as true"
          : isConstant(value.node)
          ? `Cannot use the condition "${value.text}": it comes to the same in every run`
          : undefined;
        return message === undefined ? [] : [{ job, step, message }];
      },
    ),
};

/** The contexts that hold the name of a branch or of a tag. */
const REFS = [
  "github.ref",
  "github.ref_name",
  "github.head_ref",
  "github.base_ref",
  "github.event.ref",
  "github.event.base_ref",
  "github.event.workflow_run.head_branch",
  "github.event.pull_request.head.ref",
  "github.event.pull_request.head.label",
  "github.event.pull_request.base.ref",
];

/** Conditions that a branch can meet by its name. */
export const looseRefCheck: LintRule = {
  id: "loose-ref-check",
  refuses: "`contains()`, `endsWith()` and `startsWith()` on a branch or a tag, but for a " +
    '`startsWith()` whose text ends with "/" and a `contains()` over a list',
  why: "a branch called `not-main` contains `main`, and anyone who can push can make one",
  fix: "compare the whole ref with ==",
  check: (workflow) =>
    nodesOf(workflow).flatMap(({ job, step, expression, node }) =>
      node.kind === "call" && isLoose(node)
        ? [{
          job,
          step,
          message: `Cannot ask "${expression.text}": ${node.name}() looks at a part of a ref`,
        }]
        : []
    ),
};

function isLoose({ name, args }: Extract<ExpressionNode, { kind: "call" }>): boolean {
  const [first, second] = args;
  if (first === undefined || !args.some(readsRef)) return false;
  switch (name.toLowerCase()) {
    case "contains":
      return readsRef(first) || !isList(first);
    case "startswith":
      return !readsRef(first) || !isFolder(second);
    case "endswith":
      return true;
    default:
      return false;
  }
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

/** A text such as `refs/tags/` ends where a name begins. */
function isFolder(node: ExpressionNode | undefined): boolean {
  return node?.kind === "literal" && String(node.value).endsWith("/");
}
