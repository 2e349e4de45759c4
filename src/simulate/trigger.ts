import { UserError } from "../errors.ts";
import { parsePattern } from "../plan/pattern.ts";
import type { RunEvent } from "./event.ts";
import { unmodelled } from "./unmodelled.ts";
import type { Workflow } from "./workflow_file.ts";

/** GitHub compares {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#git-diff-comparisons so many files} of a change with the path filters. */
const MOST_FILES = 300;

/** The activity types that start a workflow that names none. */
const USUAL_TYPES = ["opened", "synchronize", "reopened"];

/**
 * Why an event starts no run of a workflow.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#on}
 */
export function whyNotTriggered(
  { on, path }: Pick<Workflow, "on" | "path">,
  event: RunEvent,
  changed: readonly string[] | undefined,
): string | undefined {
  if (event.name === "workflow_run") {
    const followed = on.workflow_run;
    if (followed === undefined) return `no "on.workflow_run"`;
    if (followed.branches !== undefined) throw unmodelled(`"on.workflow_run.branches"`, path);
    const { name } = event.payload.workflow as { readonly name: string };
    if (!followed.workflows.includes(name)) return `it does not follow "${name}"`;
    return followed.types?.includes("completed") === false ? "not when completed" : undefined;
  }
  const filter = on[event.name];
  if (filter === undefined) return `no "on.${event.name}"`;
  const branch = event.name === "push" ? event.ref.replace(/^refs\/heads\//, "") : event.baseRef;
  if (filter.branches !== undefined && !matches(filter.branches, branch, path)) {
    return `the branch "${branch}" is not in "on.${event.name}.branches"`;
  }
  if (event.name === "pull_request") {
    const action = String(event.payload.action);
    if (!(filter.types ?? USUAL_TYPES).includes(action)) return `not when ${action}`;
  } else if (filter.types !== undefined) throw unmodelled(`"on.push.types"`, path);
  if (filter.paths === undefined || changed === undefined) return undefined;
  const { paths } = filter;
  if (changed.slice(0, MOST_FILES).some((name) => matches(paths, name, path))) return undefined;
  if (changed.length > MOST_FILES) {
    throw new UserError({
      file: path,
      message:
        `Cannot tell whether a change of ${changed.length} files starts it: GitHub looks at ` +
        `${MOST_FILES} of them`,
    });
  }
  return `no changed file matches "on.${event.name}.paths"`;
}

/** Of patterns in order the last that matches decides: a leading `!` takes back. */
function matches(patterns: readonly string[], name: string, file: string): boolean {
  let matched = false;
  for (const text of patterns) {
    const pattern = parsePattern(text);
    if (typeof pattern === "string") throw unmodelled(`the filter "${text}"`, file);
    if (pattern.matches(name)) matched = !pattern.exception;
  }
  return matched;
}
