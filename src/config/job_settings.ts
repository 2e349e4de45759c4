import type * as z from "../zod.ts";
import type { ConfigSource } from "./config_problems.ts";
import type { job, jobs, StepsOf } from "./job_schema.ts";
import { given } from "./given.ts";
import { readSteps } from "./read_steps.ts";
import type { Leg, PlainStep, ProdLeg } from "./step_config.ts";

type Given = Partial<z.output<typeof jobs>>;

/** What a job is told, with what all jobs are told. */
export interface JobSettings<OneLeg = void>
  extends Readonly<Omit<z.output<typeof job>, "before" | "after">> {
  readonly maxParallel?: number | undefined;
  readonly before: (leg: OneLeg) => readonly PlainStep[];
  readonly after: (leg: OneLeg) => readonly PlainStep[];
}

export interface JobsSettings
  extends Readonly<Record<"plan" | "filter" | "report" | "comment", JobSettings>> {
  readonly every: JobSettings;
  readonly canary: JobSettings<Leg>;
  readonly prod: JobSettings<ProdLeg>;
  readonly task: JobSettings<Leg>;
}

type AnyJob = Readonly<
  Omit<z.output<typeof job>, "before" | "after"> & {
    maxParallel?: number | undefined;
    before?: StepsOf<never> | undefined;
    after?: StepsOf<never> | undefined;
  }
>;

export function jobsSettings(given: Given, source: ConfigSource): JobsSettings {
  const of = <OneLeg>(key: Exclude<keyof Given, "every">) =>
    jobSettings<OneLeg>(given, given[key] ?? {}, source, "jobs", key);
  return {
    every: jobSettings(given, {}, source, "jobs", "every"),
    plan: of("plan"),
    canary: of("canary"),
    filter: of("filter"),
    prod: of("prod"),
    report: of("report"),
    comment: of("comment"),
    task: of("task"),
  };
}

/** Puts what one job is told over what all are told: it wins, key by key. */
export function jobSettings<OneLeg>(
  { every = {} }: Pick<Given, "every">,
  own: AnyJob,
  source: ConfigSource,
  ...at: readonly string[]
): JobSettings<OneLeg> {
  const told = given(own);
  const steps = (key: "before" | "after") => (leg: OneLeg) => {
    const make = (own[key] ?? every[key] ?? []) as StepsOf<OneLeg>;
    const place = own[key] === undefined ? ["jobs", "every", key] : [...at, key];
    return readSteps(() => typeof make === "function" ? make(leg) : make, source, ...place);
  };
  return {
    ...every,
    ...told,
    env: { ...every.env, ...told.env },
    permissions: { ...every.permissions, ...told.permissions },
    checkout: { ...every.checkout, ...told.checkout },
    before: steps("before"),
    after: steps("after"),
  };
}
