import type { Artifacts } from "./artifacts.ts";
import type { DeployCommands } from "./deploy_command.ts";
import type { RepositoryFacts, RunEvent } from "./event.ts";
import type { Fate, Fault } from "./fault.ts";
import type { Fates, Machines } from "./machine.ts";
import type { Workflow } from "./workflow_file.ts";

/** In which order the legs of a job finish: as the matrix has them, or the other way round. */
export type FinishingOrder = "matrix" | "reversed";

/** Where GitHub's API is. */
export interface ApiAccess {
  /** Its address. */
  readonly url: string;
  /** The token of the runs. */
  readonly token: string;
}

/** What all runs of a simulation share. */
export interface World {
  readonly facts: RepositoryFacts;
  readonly machines: Machines;
  readonly artifacts: Artifacts;
  readonly commands: DeployCommands;
  readonly api: ApiAccess;
  readonly faults: readonly Fault[];
  readonly order: FinishingOrder;
  /** The actions that are taken for done without running. */
  readonly skippedActions: readonly string[];
}

/** A run in progress. */
export interface Run {
  readonly world: World;
  readonly workflow: Workflow;
  readonly event: RunEvent;
  readonly id: number;
  /** Whether somebody has cancelled it. */
  cancelled: boolean;
  /** What is masked in its logs. */
  readonly masks: string[];
}

/** What befalls the deployment commands of a simulation. */
export function fatesOf(commands: DeployCommands, faults: readonly Fault[]): Fates {
  const befallen = faults.flatMap(({ target, fate }) => {
    const argv = commands.argvOf(target);
    return argv === undefined ? [] : [{ argv, fate }];
  });
  const byCall = new Map(befallen.map(({ argv, fate }) => [JSON.stringify(argv), fate]));
  return {
    calls: befallen.map(({ argv }) => argv),
    of: (argv) => byCall.get(JSON.stringify(argv)),
  };
}

/** What befalls every leg of a job. */
export function fateOfJob(faults: readonly Fault[], id: string): Fate | undefined {
  return faults.find(({ target }) => target.kind === "job" && target.id === id)?.fate;
}
