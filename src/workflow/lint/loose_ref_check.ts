import type { ExpressionNode } from "../expression.ts";
import { pathsIn } from "../nodes.ts";
import type { LintRule } from "./rule.ts";
import { nodesOf, placeOf } from "./walk.ts";

/** What holds the name of a branch or of a tag. */
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
  why: "a branch called `not-main` contains `main`, and anybody who can push can make one",
  mend: "compare the whole ref with ==",
  check: (workflow) =>
    nodesOf(workflow).flatMap(({ node, ...place }) =>
      isLoose(node)
        ? [{
          ...placeOf(place),
          message: `Cannot ask "${place.expression.text}": ${node.name}() looks at a part of a ref`,
        }]
        : []
    ),
};

type Call = Extract<ExpressionNode, { kind: "call" }>;

function isLoose(node: ExpressionNode): node is Call {
  if (node.kind !== "call" || !readsRef(node)) return false;
  const [first, second] = node.args;
  switch (node.name.toLowerCase()) {
    case "contains":
      return first === undefined || readsRef(first) || !isList(first);
    case "startswith":
      return first === undefined || !readsRef(first) || !isFolder(second);
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
