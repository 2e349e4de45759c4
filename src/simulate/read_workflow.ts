import { type Problem, UserError } from "../errors.ts";
import { callProblems } from "./call_problems.ts";
import {
  type Caller,
  DEFAULT_PERMISSIONS,
  isCaller,
  isRemote,
  type Permissions,
  readOneWorkflow,
  type Workflow,
} from "./workflow_file.ts";

/**
 * How many levels of workflows there may be, the one that an event starts included.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/reusing-workflow-configurations#limitations-of-reusable-workflows}
 */
const MOST_LEVELS = 10;

/**
 * Reads a workflow from its YAML, with those that it calls, by the texts of their paths. GitHub
 * refuses a workflow as a whole where one of its calls is wrong, and so does this.
 */
export function readWorkflow(
  path: string,
  text: string,
  { lock, others = new Map() }: {
    readonly lock?: string | undefined;
    readonly others?: ReadonlyMap<string, string>;
  } = {},
): Workflow {
  const parsed = new Map<string, Omit<Workflow, "called">>();
  const read = (path: string, text: string, callers: readonly string[]): Workflow => {
    const workflow = parsed.get(path) ?? readOneWorkflow(path, text, lock);
    parsed.set(path, workflow);
    const chain = [...callers, path];
    const called = new Map<string, Workflow>();
    const problems: Problem[] = [];
    for (const [id, job] of Object.entries(workflow.jobs)) {
      if (!isCaller(job) || isRemote(job)) continue;
      const callee = job.uses.replace(/^\.\//, "");
      const found = others.get(callee);
      const why = chain.includes(callee)
        ? "which calls it in turn"
        : found === undefined
        ? "which is not there"
        : chain.length === MOST_LEVELS && `past the ${MOST_LEVELS} levels that GitHub allows`;
      if (found !== undefined && why === false) {
        called.set(id, read(callee, found, chain));
      } else {
        problems.push({ file: path, message: `${cannotRun(id)}: it calls "${callee}", ${why}` });
      }
    }
    if (problems.length > 0) throw new UserError(problems);
    return { ...workflow, called };
  };
  const workflow = read(path, text, []);
  const problems = new Map(wrongCalls(workflow).map((each) => [Object.values(each).join(), each]));
  if (problems.size > 0) throw new UserError([...problems.values()]);
  return workflow;
}

/** Workflows, and those that they call, each of them once. */
export function withCalled(workflows: readonly Workflow[]): readonly Workflow[] {
  const all = new Map<string, Workflow>();
  const visit = (workflow: Workflow) => {
    if (all.has(workflow.path)) return;
    all.set(workflow.path, workflow);
    workflow.called.forEach(visit);
  };
  workflows.forEach(visit);
  return [...all.values()];
}

function cannotRun(job: string): string {
  return `Cannot run the job "${job}"`;
}

/** What is wrong with the calls of a workflow, and with those of the workflows that it calls. */
function wrongCalls(
  { path, jobs, called, permissions }: Workflow,
  most: Permissions = DEFAULT_PERMISSIONS,
): readonly Problem[] {
  return [...called].flatMap(([id, callee]) => {
    const job = jobs[id] as Caller;
    const given = job.permissions ?? permissions ?? most;
    const own = callProblems(job, callee, given).map((why) => ({
      file: path,
      message: `${cannotRun(id)}: ${why}`,
    }));
    return [...own, ...wrongCalls(callee, given)];
  });
}
