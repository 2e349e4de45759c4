import type { Artifacts } from "./artifacts.ts";
import type { DeployCommands } from "./deploy_command.ts";
import type { RepositoryFacts, RunEvent } from "./event.ts";
import type { Fault } from "./fault.ts";
import type { Machines } from "./machine.ts";
import type { Workflow } from "./workflow_file.ts";

export interface ApiAccess {
  readonly url: string;
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
  /** The actions that are taken for done without running. */
  readonly skippedActions: readonly string[];
}

export interface Run {
  readonly world: World;
  readonly workflow: Workflow;
  readonly event: RunEvent;
  readonly id: number;
  cancelled: boolean;
}
