/**
 * hubwright generates the deployment workflows of many JupyterHubs from typed definitions, and is
 * the `plan`, `filter` and `comment` that those workflows call.
 *
 * This module is what a `hubwright.config.ts` imports.
 *
 * @example
 * ```ts
 * import { defineConfig } from "@hubwright/hubwright";
 *
 * export default defineConfig({ defaultBranch: "main" });
 * ```
 *
 * @module
 */
export { defineConfig } from "./src/config/config.ts";
export { secret, variable } from "./src/config/secret.ts";
export { always, cancelled, failure, format } from "./src/workflow/functions.ts";
export { github } from "./src/workflow/github_context.ts";
export { script } from "./src/workflow/script.ts";
export { run, uses } from "./src/workflow/step.ts";
export { template } from "./src/workflow/text.ts";
export type {
  ClusterDefinition,
  ClusterNames,
  Config,
  FileKey,
  HubDefinition,
  HubEntry,
  Precision,
  ReadCluster,
  ReleaseDefinition,
  SourceFile,
  SupportDefinition,
  Task,
} from "./src/config/config.ts";
export type {
  CheckoutConfig,
  ContainerConfig,
  EnvironmentConfig,
  EveryJobConfig,
  JobConfig,
  JobsConfig,
  LegJobConfig,
  RunsOn,
} from "./src/config/job_config.ts";
export type { Leg, PlainStep, ProdLeg, SetupStep, Steps } from "./src/config/step_config.ts";
export type {
  ActionRef,
  Concurrency,
  Container,
  DispatchInput,
  Environment,
  JobModel,
  Permissions,
  PermissionScope,
  Runner,
  RunStep,
  StepBase,
  StepModel,
  Triggers,
  UsesStep,
  ValueOf,
  Values,
  WorkflowModel,
} from "./src/workflow/model.ts";
export type { LabelNames } from "./src/plan/labels.ts";
export type {
  BinaryOperator,
  Expression,
  ExpressionNode,
  Operand,
} from "./src/workflow/expression.ts";
export type { Template, Value } from "./src/workflow/text.ts";
export type { EnvVariables, OutputHandles, Step } from "./src/workflow/step.ts";
export type { EnvVariable, Script } from "./src/workflow/script.ts";
