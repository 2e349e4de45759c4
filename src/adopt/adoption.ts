import { loadLock } from "../config/lock_file.ts";
import { parseConfig, type Settings } from "../config/settings.ts";
import { compareFiles, type Difference, isMarked, type TextFile } from "../drift/differences.ts";
import { readPresent } from "../drift/read_files.ts";
import { type Problem, UserError } from "../errors.ts";
import type { RepositoryFiles } from "../repository/files.ts";
import { loadFleet } from "../repository/load_repository.ts";
import { visible } from "../text/visible.ts";
import { emitAction } from "../workflow/action.ts";
import { emitWorkflow } from "../workflow/emit.ts";
import type { Lock } from "../workflow/lock.ts";
import { pinWorkflow } from "../workflow/pin_workflow.ts";
import { GENERATED } from "../../workflows/header.ts";
import { ALWAYS_GENERATED, generateWorkflows } from "../../workflows/mod.ts";
import { pullRequestChecks } from "../../workflows/pull_request_checks.ts";
import { SETUP_DEPLOY, setupDeploy } from "../../workflows/setup_deploy.ts";
import { differencesOf, mergedFiles, readPlain } from "./adopted_files.ts";
import { evaluateConfig, printConfig } from "./config_code.ts";
import type { NamedWorkflow } from "./find_workflows.ts";
import type { Observation } from "./observe.ts";
import type { Proposal } from "./proposal.ts";
import { propose } from "./propose.ts";
import { taskCommands } from "./task_command.ts";

export const CONFIG_FILE = "hubwright.config.ts";

export interface Adoption {
  readonly found: readonly string[];
  readonly differences: readonly Difference[];
  readonly open: readonly string[];
  readonly problems: readonly Problem[];
}

export const NOTHING_TO_ADOPT: Adoption = { found: [], differences: [], open: [], problems: [] };

/** Says what adopting hubwright writes into a repository; nothing is written yet. */
export async function planAdoption(
  repo: string,
  files: RepositoryFiles,
  observation: Observation,
  replace: boolean,
): Promise<Adoption> {
  const { clusters, workflows: { replaced } } = observation;
  const lock = await loadLock(repo);
  const config = await readPlain(files, CONFIG_FILE);
  // A config that is there says what the workflows are; without clusters none can be made yet.
  const canGenerate = config === undefined && clusters !== undefined;
  const { proposal, settings, generated } = await makeSound(repo, observation, lock, canGenerate);
  const merged = await mergedFiles(files, settings.defaultBranch);
  const once = onceWritten(observation, settings, lock);
  const isThere = await Promise.all(once.map(({ path }) => readPlain(files, path)));
  const wanted = [
    ...merged.files,
    ...once.filter((_, index) => isThere[index] === undefined),
    ...(config === undefined ? [{ path: CONFIG_FILE, text: printConfig(proposal.entries) }] : []),
  ];
  const present = await readPresent(repo, generated.map(({ path }) => path), GENERATED);
  const workflows = compareFiles(generated, present, GENERATED);
  const deleted = canGenerate ? await deletionsOf(files, replaced, generated) : [];
  const unreplaced = canGenerate ? [] : await foreignFiles(repo);
  const generate = (await taskCommands(files))("generate");
  const foreign = workflows.filter(({ kind }) => kind === "foreign");
  return {
    found: proposal.found,
    differences: [...await differencesOf(files, wanted), ...workflows, ...deleted],
    open: [
      ...proposal.open,
      ...(config === undefined ? [] : [`${CONFIG_FILE} is there and stays: run "${generate}"`]),
      ...unreplaced.map((path) =>
        `${path} has the name of hubwright's, and generate does not overwrite it: move it away, ` +
        `or run "${generate} --replace"`
      ),
      ...merged.kept.map((name) =>
        `The task "${name}" stays as it is; hubwright's is not there: choose a name for it`
      ),
    ],
    problems: replace ? [] : inTheWay([...foreign, ...deleted], replaced),
  };
}

function settingsOf({ entries }: Proposal): Settings {
  const data = entries.filter(({ key }) => key !== "clusters");
  return parseConfig(evaluateConfig(data), CONFIG_FILE, printConfig(entries));
}

async function make(repo: string, observation: Observation, lock: Lock, canGenerate: boolean) {
  const proposal = propose(observation, SETUP_DEPLOY);
  const settings = settingsOf(proposal);
  if (!canGenerate) return { proposal, settings, generated: [] };
  const { clusters, charts } = await loadFleet(repo, settings);
  return { proposal, settings, generated: generateWorkflows(settings, clusters, lock, charts) };
}

/** Leaves out what the workflow says that deploys now, where hubwright refuses it. */
async function makeSound(...[repo, observation, ...rest]: Parameters<typeof make>) {
  try {
    return await make(repo, observation, ...rest);
  } catch (error) {
    const { deployment } = observation.workflows;
    if (!(error instanceof UserError) || deployment === undefined) throw error;
    const workflows = { ...observation.workflows, deployment: undefined };
    const made = await make(repo, { ...observation, workflows }, ...rest);
    const why = error.problems.map(({ message }) =>
      `What ${deployment.path} says cannot be taken over: ${message}`
    );
    return { ...made, proposal: { ...made.proposal, open: [...made.proposal.open, ...why] } };
  }
}

/** What is written where there is nothing yet, and left alone from then on. */
function onceWritten(
  { action, install }: Observation,
  settings: Settings,
  lock: Lock,
): readonly TextFile[] {
  const checks = pullRequestChecks(settings);
  const setup = setupDeploy(install);
  return [
    { path: checks.file, text: emitWorkflow(pinWorkflow(checks, lock)) },
    ...(action === undefined ? [{ path: setup.file, text: emitAction(setup, lock) }] : []),
  ];
}

/** What is where hubwright's workflows will be; none of it is replaced before they can be made. */
async function foreignFiles(repo: string): Promise<readonly string[]> {
  const present = await readPresent(repo, ALWAYS_GENERATED, GENERATED);
  return present.filter(({ text }) => !isMarked(text, GENERATED)).map(({ path }) => path);
}

/** The workflows that would upgrade hubs a second time. */
async function deletionsOf(
  files: RepositoryFiles,
  replaced: readonly NamedWorkflow[],
  generated: readonly TextFile[],
): Promise<readonly Difference[]> {
  const others = replaced.filter(({ path }) => !generated.some((file) => file.path === path));
  return await Promise.all(others.map(async ({ path }) => {
    return { kind: "orphaned", path, was: await readPlain(files, path) ?? "" } as const;
  }));
}

function inTheWay(
  differences: readonly Difference[],
  replaced: readonly NamedWorkflow[],
): readonly Problem[] {
  return differences.map(({ path: file, kind }) => {
    const why = replaced.find(({ path }) => path === file)?.why ?? "hubwright did not write it";
    const what = kind === "orphaned" ? "deletes" : "overwrites";
    const message = `Cannot replace it: ${visible(why)}; read it, and run "hubwright init ` +
      `--replace", which ${what} it`;
    return { file, message };
  });
}
