import { isMarked } from "../drift/differences.ts";
import { readText, type RepositoryFiles } from "../repository/files.ts";
import { compare } from "../text/compare.ts";
import { OWN_PINS } from "../workflow/own_lock.ts";
import { deployerCommands, type SeenCommand } from "./deployer_commands.ts";
import {
  mapping,
  readWorkflow,
  type SeenStep,
  type SeenWorkflow,
  stepsOf,
  textsOf,
} from "./workflow_data.ts";

export interface NamedWorkflow {
  readonly path: string;
  readonly why: string;
}

/** A value of a step: what the workflow says, a secret by its name, or what a leg knows. */
export type StepValue =
  | { readonly literal: string | number | boolean }
  | { readonly secret: string }
  | { readonly leg: "provider" | "cluster_name" };

/** A step that signs in, in terms of a config. */
export interface CarriedStep {
  readonly name: string;
  readonly uses: string;
  readonly with: Readonly<Record<string, StepValue>>;
}

export interface SeenDeployment extends Pick<SeenWorkflow, "path" | "name" | "shell"> {
  readonly commands: readonly SeenCommand[];
  /** The patterns of `on.push.paths`. */
  readonly paths: readonly string[];
  readonly env: Readonly<Record<string, string | number | boolean>>;
  /** The labels of the machines, each once. */
  readonly runners: readonly unknown[];
  readonly submodules: boolean;
  readonly steps: readonly CarriedStep[];
  /** Whether the jobs that upgrade may ask for an identity. */
  readonly idToken: boolean;
  /** The secret with which it tells Slack. */
  readonly slack: string | undefined;
  /** What it does besides, which no config says by itself. */
  readonly leftOut: readonly string[];
}

export interface SeenWorkflows {
  /** Those in whose place hubwright's are. */
  readonly replaced: readonly NamedWorkflow[];
  /** Those that may upgrade something as well. */
  readonly alike: readonly NamedWorkflow[];
  /** The branches whose pushes start any of these. */
  readonly branches: readonly string[];
  readonly deployment: SeenDeployment | undefined;
}

const UPGRADES = /\bhelm\s+upgrade\b|\bhubploy\b[^\n]*\bdeploy\b|\bdeploy\.py\b/;

const SECRET = /^\$\{\{\s*secrets\.([A-Za-z_]\w*)\s*\}\}$/;

/** The inputs with which an action asks GitHub who the job is. */
const IDENTITY = ["workload_identity_provider", "role-to-assume", "client-id"];

/** What the generated workflows do themselves, or what belongs to a plan of another kind. */
const OURS = [
  "actions/checkout",
  "actions/upload-artifact",
  "actions/download-artifact",
  "denoland/setup-deno",
];

/** Reads the workflows that are there; of those that hubwright made, none. */
export async function findWorkflows(
  files: RepositoryFiles,
  paths: readonly string[],
  mark: string,
): Promise<SeenWorkflows> {
  const read = await Promise.all(
    paths.filter((path) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path)).map(async (path) => {
      const text = await readText(files, path) ?? "";
      return isMarked(text, mark) ? undefined : readWorkflow(path, text);
    }),
  );
  const workflows = read.filter((workflow) => workflow !== undefined)
    .map((workflow) => ({ workflow, commands: deployerCommands(stepsOf(workflow)) }));
  const upgrading = workflows.filter(({ commands }) =>
    commands.some(({ name }) => name !== "healthCheck")
  );
  const names = upgrading.map(({ workflow }) => workflow.name);
  const commenting = workflows.filter(({ workflow, commands }) =>
    commands.length === 0 && isComment(workflow, names)
  );
  const others = workflows.filter((each) => !upgrading.includes(each));
  const [first] = upgrading;
  const alike = others.flatMap(({ workflow }) => {
    const [command] = stepsOf(workflow).flatMap(({ run }) => UPGRADES.exec(run)?.[0] ?? []);
    return command === undefined ? [] : [{ workflow, why: `it runs "${command}"` }];
  });
  const deploying = [...upgrading, ...alike].map(({ workflow }) => workflow);
  return {
    replaced: [
      ...upgrading.map(({ workflow: { path }, commands }) => ({
        path,
        why: `it runs "${commands.find(({ name }) => name !== "healthCheck")?.text}"`,
      })),
      ...commenting.map(({ workflow: { path } }) => ({ path, why: "it comments plans" })),
    ].sort((a, b) => compare(a.path, b.path)),
    alike: alike.map(({ workflow: { path }, why }) => ({ path, why })),
    branches: [
      ...new Set(deploying.flatMap(({ on }) => textsOf(mapping(on.push).branches))),
    ].sort(),
    deployment: first && deploymentOf(first.workflow, first.commands),
  };
}

function isComment({ on, jobs }: SeenWorkflow, followed: readonly string[]): boolean {
  return textsOf(mapping(on.workflow_run).workflows).some((name) => followed.includes(name)) &&
    jobs.some(({ permissions }) => permissions["pull-requests"] === "write");
}

function deploymentOf(
  workflow: SeenWorkflow,
  commands: readonly SeenCommand[],
): SeenDeployment {
  const { path, name, on, env, shell, jobs } = workflow;
  const legs = jobs.filter(({ steps }) => deployerCommands(steps).length > 0);
  const steps = legs.flatMap(({ steps }) => steps).filter(({ uses }) =>
    uses !== "" && !OURS.includes(uses) && !uses.startsWith("./")
  );
  const checkouts = stepsOf(workflow).filter(({ uses }) => uses === "actions/checkout");
  const slack = steps.filter(({ uses }) => /slack/i.test(uses));
  const further = steps.filter((step) => !slack.includes(step));
  const carried = further.flatMap((step) => carry(step) ?? []);
  return {
    path,
    name,
    commands,
    paths: textsOf(mapping(on.push).paths),
    env: Object.fromEntries(
      Object.entries(env).flatMap(([key, value]) => isPlain(value) ? [[key, value]] : []),
    ),
    shell,
    runners: [...new Set(jobs.map(({ runsOn }) => runsOn))],
    submodules: checkouts.some((step) => isSet(step.with.submodules)),
    steps: [...new Map(carried.map((step) => [JSON.stringify(step), step])).values()],
    idToken: legs.some(({ permissions }) => permissions["id-token"] === "write") ||
      carried.some((step) => IDENTITY.some((input) => input in step.with)),
    slack: slack.flatMap((step) => Object.values({ ...step.with, ...step.env }))
      .flatMap((value) => SECRET.exec(String(value))?.[1] ?? [])[0],
    leftOut: [
      ...new Set(further.flatMap((step) => carry(step) === undefined ? [step.uses] : [])),
    ],
  };
}

/** A step in terms of a config; `undefined` where it reads what no config can hand over. */
function carry({ name, uses, with: inputs }: SeenStep): CarriedStep | undefined {
  const action = uses.toLowerCase();
  const values = Object.entries(inputs).map(([input, value]) => [input, valueOf(value)] as const);
  if (!OWN_PINS.has(action) || values.some(([, value]) => value === undefined)) return undefined;
  const plainName = name === "" || name.includes("${{") ? `Use ${action}` : name;
  return { name: plainName, uses: action, with: Object.fromEntries(values) as CarriedStep["with"] };
}

function valueOf(value: unknown): StepValue | undefined {
  if (isPlain(value)) return { literal: value };
  const [, secret] = SECRET.exec(String(value)) ?? [];
  if (secret !== undefined) return { secret };
  const [, leg] = /^\$\{\{\s*matrix\.[\w.]*\b(provider|cluster_name)\s*\}\}$/.exec(String(value)) ??
    [];
  return leg === "provider" || leg === "cluster_name" ? { leg } : undefined;
}

function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === "number" || typeof value === "boolean" ||
    (typeof value === "string" && !value.includes("${{"));
}

function isSet(value: unknown): boolean {
  return value === true || value === "true" || value === "recursive";
}
