import { type Problem, UserError } from "../errors.ts";
import { didYouMean } from "../text/nearest.ts";
import { byName, wrongInput } from "./call_inputs.ts";
import {
  allows,
  type Caller,
  DEFAULT_PERMISSIONS,
  isCaller,
  isRemote,
  type Permissions,
  readOneWorkflow,
  type Workflow,
} from "./workflow_file.ts";

/** How many {@link https://docs.github.com/actions/reference/workflows-and-actions/reusing-workflow-configurations#limitations-of-reusable-workflows levels of workflows} there may be, the one that an event starts included. */
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

/** Why GitHub refuses a workflow in which a job calls another. */
function callProblems(
  caller: Caller,
  callee: Pick<Workflow, "path" | "on" | "permissions" | "jobs">,
  most: Permissions,
): readonly string[] {
  const { on: { workflow_call: call }, path } = callee;
  const called = JSON.stringify(path);
  if (call === undefined) return [`${called} has no "on.workflow_call"`];
  const { inputs = {}, secrets = {} } = call ?? {};
  const given = byName(caller.with);
  const wrongTypes = Object.entries(inputs).flatMap(([name, { type }]) => {
    const value = given.get(name.toLowerCase());
    const wrong = value === undefined ? undefined : wrongInput(type, value);
    return wrong === undefined ? [] : [`the input "${name}" of ${called}: ${wrong}`];
  });
  return [
    ...wrongNames("input", called, inputs, caller.with),
    ...wrongTypes,
    ...caller.secrets === "inherit" ? [] : wrongNames("secret", called, secrets, caller.secrets),
    ...wrongPermissions(called, callee.permissions, most),
    ...Object.entries(callee.jobs).flatMap(([id, { permissions }]) =>
      wrongPermissions(`the job "${id}" of ${called}`, permissions, most)
    ),
  ];
}

function wrongNames(
  kind: string,
  called: string,
  taken: Readonly<Record<string, { readonly required?: boolean | undefined } | null>>,
  given: Readonly<Record<string, unknown>> = {},
): readonly string[] {
  const [names, known] = [byName(given), byName(taken)];
  return [
    ...Object.entries(taken)
      .filter(([name, of]) => of?.required === true && !names.has(name.toLowerCase()))
      .map(([name]) => `${called} requires the ${kind} "${name}", which is not given`),
    ...Object.keys(given).filter((name) => !known.has(name.toLowerCase())).map((name) =>
      `${called} takes no ${kind} "${name}"${didYouMean({ word: name, known: Object.keys(taken) })}`
    ),
  ];
}

/** What is asked for and {@link https://github.com/actions/runner/blob/main/src/Sdk/WorkflowParser/Conversion/PermissionsHelper.cs not there to give}. */
function wrongPermissions(
  who: string,
  asked: Permissions | undefined,
  most: Permissions,
): readonly string[] {
  if (asked === undefined) return [];
  const wrong = typeof asked === "string"
    ? most === asked || most === "write-all" ? [] : [asked]
    : Object.entries(asked).flatMap(([scope, level]) =>
      level === "none" || allows(most, level, scope) ? [] : [`${scope}: ${level}`]
    );
  if (wrong.length === 0) return [];
  return [
    `${who} asks for the permissions "${wrong.join(", ")}", more than the job that calls it has`,
  ];
}
