import type { JobSettings } from "../src/config/job_settings.ts";
import { wordIn } from "../src/config/job_schema.ts";
import { CANARY_JOB } from "../src/filter/verdict.ts";
import { CLUSTER_JOB, PROD_JOB, REPORT_JOB } from "../src/ledger/leg_steps.ts";
import type { Settings } from "../src/config/settings.ts";
import type { Leg } from "../src/config/step_config.ts";
import { UserError } from "../src/errors.ts";
import type { Expression } from "../src/workflow/expression.ts";
import type { Environment, JobModel, Permissions, PermissionScope } from "../src/workflow/model.ts";
import { run, type Step } from "../src/workflow/step.ts";
import { script } from "../src/workflow/script.ts";
import { Template, type Value } from "../src/workflow/text.ts";
import { checkout, configSteps, guardRerun, setUpDeno } from "./steps.ts";

/** The keys of the config that say how a job runs, and the names that the jobs have without them. */
export const JOB_NAMES = {
  plan: "Generate jobs",
  build: "Build",
  cluster: CLUSTER_JOB,
  canary: CANARY_JOB,
  filter: "Filter prod hubs",
  prod: PROD_JOB,
  report: REPORT_JOB,
} as const;

/** What every job of hubwright may do. */
export const MAY_READ: Permissions = {
  contents: { access: "read", why: "to check out the repository" },
};

export type Options =
  & Pick<JobModel, "permissions" | "timeoutMinutes">
  & Partial<
    Pick<JobModel, "runsOn" | "container" | "env" | "shell" | "environment" | "maxParallel">
  >;

/** How a job runs: what it needs itself, and what the config says. */
export function jobOptions(
  { file }: Pick<Settings, "file">,
  key: string,
  told: JobSettings<never>,
  own: { readonly timeoutMinutes: number; readonly permissions?: Permissions },
  words: Readonly<Record<string, Expression<string>>> = {},
): Options {
  const { runsOn, container, env, shell, environment, maxParallel, permissions = {} } = told;
  return {
    permissions: grant({ ...MAY_READ, ...own.permissions }, permissions, file, key),
    timeoutMinutes: told.timeoutMinutes ?? own.timeoutMinutes,
    ...(runsOn !== undefined && { runsOn }),
    ...(container !== undefined && { container }),
    ...(Object.keys(env ?? {}).length > 0 && { env }),
    ...(shell !== undefined && { shell }),
    ...(environment !== undefined && { environment: forLeg(environment, words) }),
    ...(maxParallel !== undefined && { maxParallel }),
  };
}

type JobNames = Readonly<Record<keyof typeof JOB_NAMES, string>>;

/** The names of the jobs. The report and the filter tell legs by them, so no two may be the same. */
export function jobNames({ jobs, build, file }: Settings): JobNames {
  const given = { ...jobs, build: build?.job } as Partial<Record<string, { name?: string }>>;
  const names = Object.entries(JOB_NAMES)
    .map(([key, usual]) => ({ key, name: given[key]?.name ?? usual }));
  const twice = [...Map.groupBy(names, ({ name }) => name)].filter(([, some]) => some.length > 1);
  if (twice.length > 0) {
    throw new UserError(twice.map(([name, some]) => {
      const keys = some.map(({ key }) => key).join(" and ");
      const message = `Cannot call two jobs ${JSON.stringify(name)}, ${keys}: give each a name ` +
        "of its own";
      return { file, message };
    }));
  }
  return Object.fromEntries(names.map(({ key, name }) => [key, name])) as JobNames;
}

/** Adds permissions to those that a job needs. It never has less. */
function grant(needed: Permissions, given: Permissions, file: string, key: string): Permissions {
  const weaker = Object.entries(given).flatMap(([scope, { access }]) => {
    const least = needed[scope as PermissionScope];
    return least?.access === "write" && access === "read" ? [{ scope, access, least }] : [];
  });
  if (weaker.length > 0) {
    throw new UserError(weaker.map(({ scope, access, least }) => {
      const message = `Cannot grant "${scope}: ${access}" in "${key}.permissions": the job needs ` +
        `"${scope}: ${least.access}", ${least.why}; leave it out`;
      return { file, message };
    }));
  }
  const more = Object.entries(given).filter(([scope, { access }]) =>
    needed[scope as PermissionScope]?.access !== access
  );
  return { ...needed, ...Object.fromEntries(more) };
}

/** An environment with the values of a leg in place of the words for them. */
function forLeg(
  { name, url, deployment }: NonNullable<JobSettings["environment"]>,
  words: Readonly<Record<string, Expression<string>>>,
): Environment {
  const fill = (text: string): Value => {
    const parts = text.split(new RegExp(`(${wordIn("CLUSTER|HUB")})`));
    return parts.length === 1 ? text : new Template(parts.map((part) => words[part] ?? part));
  };
  return {
    name: fill(name),
    ...(url !== undefined && { url: fill(url) }),
    ...(deployment !== undefined && { deployment }),
  };
}

/** The steps of a job that runs hubwright, with those of the config around them. */
export function ownSteps(
  options: JobSettings,
  steps: readonly Step[],
  { depth, finding = [] }: { depth?: Expression<number>; finding?: readonly Step[] } = {},
): readonly Step[] {
  return [
    checkout(options, depth),
    ...configSteps(options.before()),
    ...finding,
    setUpDeno(),
    ...inBash(options, ...steps),
    ...configSteps(options.after()),
  ];
}

/** The steps of a leg: access to its cluster before what it upgrades, and those of the config. */
export function legSteps<OneLeg extends Leg>(
  settings: Settings,
  options: JobSettings<OneLeg>,
  leg: OneLeg,
  ledger: Expression<string>,
  upgrades: readonly Step[],
): readonly Step[] {
  return [
    checkout(options),
    ...(settings.ledger === undefined ? [] : inBash(options, ...guardRerun(settings, ledger))),
    ...configSteps([...options.before(leg), ...settings.setup(leg)]),
    ...upgrades,
    ...configSteps([...settings.after(leg), ...options.after(leg)]),
  ];
}

/** hubwright's own scripts are for bash, whatever shell the config gives to its own. */
export function inBash(
  { shell }: Pick<JobSettings<never>, "shell">,
  ...steps: readonly Step[]
): readonly Step[] {
  if (shell === undefined) return steps;
  return steps.map((step) =>
    step.model.kind === "run" ? { ...step, model: { ...step.model, shell: "bash" } } : step
  );
}

/**
 * The folder for temporary files, and what finds it: GitHub names that of the machine, which a
 * container sees under another name.
 */
export function folderIn(
  { container }: Pick<JobSettings<never>, "container">,
  temp: Expression<string>,
): { readonly folder: Expression<string>; readonly finding: readonly Step[] } {
  if (container === undefined) return { folder: temp, finding: [] };
  const find = run({
    name: "Find the folder for temporary files",
    id: "temp",
    outputs: ["folder"],
    shell: "bash",
    script: () => script`echo folder="$RUNNER_TEMP" >> "$GITHUB_OUTPUT"`,
  });
  return { folder: find.outputs.folder, finding: [find] };
}
