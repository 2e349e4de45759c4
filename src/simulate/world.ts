import type { Artifacts } from "./artifacts.ts";
import type { DeployCommands } from "./deploy_command.ts";
import type { RepositoryFacts, RunEvent } from "./event.ts";
import type { Fault } from "./fault.ts";
import type { Machines } from "./machine.ts";
import type { Permissions } from "./permissions.ts";
import type { Workflow } from "./workflow_file.ts";

/** GitHub's API. */
export interface Api {
  readonly url: string;
  /** The token of a job. */
  readonly tokenFor: (permissions: Permissions) => string;
}

/** What all runs of a simulation share. */
export interface World {
  readonly facts: RepositoryFacts;
  readonly machines: Machines;
  readonly artifacts: Artifacts;
  readonly commands: DeployCommands;
  readonly api: Api;
  readonly faults: readonly Fault[];
  /** The actions that are taken for done without running. */
  readonly skippedActions: readonly string[];
  /** Says how far the work is. */
  readonly progress: (line: string) => void;
}

export interface Run {
  readonly world: World;
  readonly workflow: Workflow;
  readonly event: RunEvent;
  readonly id: number;
  cancelled: boolean;
}
