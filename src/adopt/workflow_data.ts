import { loadYaml } from "../config/load_yaml.ts";

/** A step as its workflow has it. What is of another shape than GitHub reads is left out. */
export interface SeenStep {
  readonly name: string;
  /** The action, without what follows the `@`. */
  readonly uses: string;
  readonly run: string;
  readonly with: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, unknown>>;
}

export interface SeenJob {
  readonly runsOn: unknown;
  readonly permissions: Readonly<Record<string, unknown>>;
  readonly steps: readonly SeenStep[];
}

/** A workflow that is there already, as far as `init` looks at it. */
export interface SeenWorkflow {
  readonly path: string;
  readonly name: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, unknown>>;
  readonly shell: string;
  readonly jobs: readonly SeenJob[];
}

/** Reads a workflow; `undefined` where it is not one. */
export function readWorkflow(path: string, text: string): SeenWorkflow | undefined {
  const { name, on, env, defaults, permissions, jobs } = yamlMapping(text);
  if (typeof jobs !== "object") return undefined;
  return {
    path,
    name: textOf(name),
    on: typeof on === "string" ? { [on]: null } : mapping(on),
    env: mapping(env),
    shell: textOf(mapping(mapping(defaults).run).shell),
    jobs: Object.values(mapping(jobs)).map(mapping).map((job) => ({
      runsOn: job["runs-on"],
      permissions: mapping(job.permissions ?? permissions),
      steps: listOf(job.steps).map(mapping).map((step) => ({
        name: textOf(step.name),
        uses: textOf(step.uses).split("@")[0] ?? "",
        run: textOf(step.run),
        with: mapping(step.with),
        env: mapping(step.env),
      })),
    })),
  };
}

export function stepsOf({ jobs }: SeenWorkflow): readonly SeenStep[] {
  return jobs.flatMap(({ steps }) => steps);
}

export function mapping(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** The mapping that a text is; an empty one where it is none, or no YAML. */
export function yamlMapping(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    return mapping(loadYaml(text ?? ""));
  } catch {
    return {};
  }
}

/** The texts in a list, or the one text that stands for a list. */
export function textsOf(value: unknown): readonly string[] {
  return (typeof value === "string" ? [value] : listOf(value))
    .filter((item): item is string => typeof item === "string");
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
