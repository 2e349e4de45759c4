/**
 * hubwright generates the deployment workflows of many JupyterHubs from typed definitions, and is
 * the `plan`, `filter` and `comment` that those workflows call.
 *
 * This module is what a `hubwright.config.ts` imports: `defineConfig`, and a library of typed
 * workflows with jobs, steps and expressions, which the generated ones are written in as well.
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
export { callWorkflow } from "./src/workflow/call_workflow.ts";
export {
  always,
  cancelled,
  choose,
  failure,
  format,
  fromJSON,
  startsWith,
  toJSON,
} from "./src/workflow/functions.ts";
export { github } from "./src/workflow/github_context.ts";
export { job } from "./src/workflow/job.ts";
export { script } from "./src/workflow/script.ts";
export { outcomeOf, run, uses } from "./src/workflow/step.ts";
export { template } from "./src/workflow/text.ts";
export { workflow } from "./src/workflow/workflow.ts";
export type {
  ClusterDefinition,
  ClusterNames,
  HubDefinition,
  ReadCluster,
  ReleaseDefinition,
  SourceFile,
  SupportDefinition,
} from "./src/config/cluster_definition.ts";
export type { Config, FileKey, HubEntry, Precision } from "./src/config/config.ts";
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
export type { Task } from "./src/config/task_config.ts";
export type {
  ActionRef,
  Concurrency,
  Container,
  Environment,
  JobModel,
  Permissions,
  PermissionScope,
  Runner,
  RunStep,
  StepBase,
  StepModel,
  UsesStep,
  ValueOf,
  Values,
  WorkflowCall,
  WorkflowModel,
} from "./src/workflow/model.ts";
export type {
  CallInput,
  CallSecret,
  DispatchInput,
  EventTypes,
  Triggers,
} from "./src/workflow/triggers.ts";
export type {
  CallDefinition,
  Callee,
  CallOf,
  CallScope,
  Give,
  Given,
  GivenTo,
  InputsTo,
  Needed,
  OnOf,
  OutputsOf,
  Parts,
  Refuse,
  RemoteWorkflow,
  SecretsTo,
} from "./src/workflow/call_workflow.ts";
export type {
  Job,
  JobDefinition,
  JobOptions,
  JobScope,
  Need,
  StepScope,
} from "./src/workflow/job.ts";
export type {
  InputsAt,
  InputsOf,
  OutputScope,
  SecretsOf,
  ValueOfInput,
  Workflow,
  WorkflowDefinition,
  WorkflowScope,
} from "./src/workflow/workflow.ts";
export type {
  Added,
  ElementOf,
  KeysOf,
  Legs,
  Matrix,
  MatrixHandles,
  Named,
  NamesOf,
  Scalar,
  Vector,
  Vectors,
} from "./src/workflow/job_matrix.ts";
export type { LabelNames } from "./src/plan/labels.ts";
export type {
  BinaryOperator,
  Expression,
  ExpressionNode,
  Json,
  Operand,
} from "./src/workflow/expression.ts";
export type { Template, Value } from "./src/workflow/text.ts";
export type { EnvVariables, OutputHandles, Step } from "./src/workflow/step.ts";
export type { EnvVariable, Script } from "./src/workflow/script.ts";
