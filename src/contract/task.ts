import { loadConfig } from "../config/load_config.ts";
import { UsageError, UserError } from "../errors.ts";
import { type Change, readPushedChange } from "../git/change.ts";
import { gather } from "../gather.ts";
import { SUMMARY_LIMIT, writeStepFiles } from "../github/step_files.ts";
import { BOUNDS } from "../plan/bounds.ts";
import { decideChanges } from "../plan/decide.ts";
import { taskMarkdown, taskTable } from "../report/task_report.ts";
import { readPlanInput } from "../repository/read_plan_input.ts";
import { planTask } from "../tasks/task_plan.ts";
import { nearest } from "../text/nearest.ts";
import { command } from "./command.ts";
import { optionalText, taskLegs, text } from "./schemas.ts";
import { STEP_FILES } from "./variables.ts";

/** What a task that is not about a change is about. */
const ALL: Change = {
  base: "",
  head: "",
  checkedOut: true,
  files: { everything: "the task runs for all" },
  deleted: [],
};

export const taskCommand = command({
  name: "task",
  summary: "List the clusters or hubs that one of the config's tasks is about",
  examples: [
    ['hubwright task --name "Check health"', "all of them"],
    ['hubwright task --name "Check health" --before HEAD^', "those that the last commit affects"],
  ],
  options: {
    name: { help: "The task, one of the config's", value: "NAME", schema: text },
    before: {
      help: "The commit before a change: only what it affects",
      value: "REF",
      schema: optionalText,
    },
    head: { help: "The commit after the change (default: HEAD)", value: "REF", schema: text },
    "plan-file": { help: "Write the list to this file as JSON", value: "FILE", schema: text },
  },
  variables: STEP_FILES,
  outputs: { legs: { help: "The legs of the task, a JSON list", schema: taskLegs } },
  access: {
    read: ["."],
    write: ["--plan-file", "$GITHUB_OUTPUT", "$GITHUB_STEP_SUMMARY"],
    run: ["git"],
  },
  async run({ options: { repo = ".", config, name, before, head, ...files }, variables, ...call }) {
    if (name === undefined) {
      throw new UsageError("Cannot tell which task is meant: give its --name");
    }
    const [settings, change] = await gather(
      loadConfig(repo, config),
      before === undefined ? Promise.resolve(ALL) : readPushedChange(repo, before, head),
    );
    const task = settings.tasks.find((task) => task.name === name);
    if (task === undefined) throw unknownTask(name, settings);
    const input = await readPlanInput({ repo, settings, change, every: true });
    const plan = planTask(task, decideChanges(input), input.changed);
    const { length } = plan.legs;
    if (length > BOUNDS.legs) {
      const message = `Cannot run "${name}" ${length} times: GitHub makes at most ${BOUNDS.legs} ` +
        'jobs of one matrix; let it run for each "cluster", or make tasks of it with "rules"';
      throw new UserError({ file: settings.file, message });
    }
    const { GITHUB_OUTPUT, GITHUB_STEP_SUMMARY: summary } = variables;
    writeStepFiles([
      { path: files["plan-file"], text: `${JSON.stringify(plan)}\n`, whole: "the list" },
      { path: summary, text: summary && taskMarkdown(plan, { limit: SUMMARY_LIMIT }) },
      {
        path: GITHUB_OUTPUT,
        text: call.formatOutputs({ legs: plan.legs.map(({ reason: _, ...leg }) => leg) }),
      },
    ]);
    call.io.out(taskTable(plan, call.io));
    return 0;
  },
});

function unknownTask(
  name: string,
  { file, tasks }: { readonly file: string; readonly tasks: readonly { readonly name: string }[] },
): UserError {
  const meant = nearest(name, tasks.map((task) => task.name));
  const hint = meant === undefined ? `add it to "tasks"` : `did you mean ${JSON.stringify(meant)}?`;
  return new UserError({ file, message: `Cannot find the task ${JSON.stringify(name)}: ${hint}` });
}
