import type { LintRule } from "./rule.ts";
import { nodesOf, placeOf } from "./walk.ts";

/** Steps that get every secret there is. */
export const allSecrets: LintRule = {
  id: "all-secrets",
  refuses:
    "all secrets at once: `toJSON(secrets)`, `secrets.*`, `secrets: inherit`, and the whole " +
    "`github` context, which holds the token",
  why: "a step that needs one secret then gives all of them away where it goes wrong",
  mend: "name the one value that is needed",
  check: (workflow) => [
    ...nodesOf(workflow).flatMap(({ node, ...place }) => {
      if (node.kind !== "context") return [];
      const [context, name] = node.path;
      const isWhole = name === undefined || name === "*";
      if (!isWhole || (context !== "secrets" && context !== "github")) return [];
      const message = `Cannot read "${place.expression.text}": it holds all that "${context}" has`;
      return [{ ...placeOf(place), message }];
    }),
    ...workflow.jobs.filter((job) => "secrets" in job).map((job) => ({
      ...placeOf({ job }),
      message: 'Cannot hand over "secrets": a job has those that its steps name',
    })),
  ],
};
