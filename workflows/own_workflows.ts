import type { Settings } from "../src/config/settings.ts";
import { areWorkflows } from "../src/config/config_schema.ts";
import { describeValue, thrownText, UserError } from "../src/errors.ts";
import type { Cluster } from "../src/plan/cluster.ts";
import { validateWorkflow } from "../src/workflow/check_workflow.ts";
import type { WorkflowModel } from "../src/workflow/model.ts";
import { generatedHeader } from "./header.ts";

/** Adds the config's own workflows to those of hubwright, each in a file of its own. */
export function addOwn(
  made: readonly WorkflowModel[],
  settings: Settings,
  clusters: readonly Cluster[],
): readonly WorkflowModel[] {
  const { file, workflows } = settings;
  const own = typeof workflows === "function" ? callOwn(workflows, file, clusters) : workflows;
  const byFile = Map.groupBy([...made, ...own], (workflow) => workflow.file);
  const names = new Set(made.map(({ name }) => name));
  const mistakes = [
    ...[...byFile].filter(([, some]) => some.length > 1).map(([path, some]) =>
      `Cannot write ${some.length} workflows to "${path}": give each a file of its own`
    ),
    // The comment workflow starts after a workflow of that name, and reads its plan.
    ...own.filter(({ name }) => names.has(name)).map(({ file: path, name }) =>
      `Cannot call the workflow "${path}" ${JSON.stringify(name)}: another one has that name; ` +
      "rename it"
    ),
    ...own.flatMap((workflow) => malformed(workflow, file)),
  ];
  if (mistakes.length > 0) throw new UserError(mistakes.map((message) => ({ file, message })));
  const header = generatedHeader(settings);
  return [
    ...made,
    ...own.map((workflow) => ({
      ...workflow,
      header: [header, workflow.header].filter((text = "") => text !== "").join("\n\n"),
    })),
  ];
}

/** Without types, a config can put anything into a workflow. */
function malformed(workflow: WorkflowModel, file: string): readonly string[] {
  try {
    validateWorkflow(workflow);
    return [];
  } catch (error) {
    return [
      `Cannot read the workflow "${workflow.file}" of "workflows": ${thrownText(error)}; check ` +
      `the types: deno check ${file}`,
    ];
  }
}

function callOwn(
  workflows: Extract<Settings["workflows"], (...args: never) => unknown>,
  file: string,
  clusters: readonly Cluster[],
): readonly WorkflowModel[] {
  const names = clusters.map(({ name, provider, hubs }) => {
    return { name, provider, hubs: hubs.map(({ name, staging }) => ({ name, staging })) };
  });
  let why: string;
  try {
    const made: unknown = workflows(names);
    if (areWorkflows(made)) return made;
    why = 'expected a list of workflows whose files are in ".github/workflows", found ' +
      describeValue(made);
  } catch (error) {
    why = `it threw ${JSON.stringify(thrownText(error))}`;
  }
  throw new UserError({ file, message: `Cannot make the workflows of "workflows": ${why}` });
}
