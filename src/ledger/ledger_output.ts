import { CANARY_JOB } from "../filter/verdict.ts";
import { SUPPORT_CHART } from "../plan/releases.ts";
import { ProdHubJob, SupportAndStagingJob } from "../plan/schema.ts";
import { calledName, legName } from "../workflow/leg_name.ts";
import * as z from "../zod.ts";
import { LEG_STEPS, PROD_JOB } from "./leg_steps.ts";
import { CommitHash, releaseKey, ReleaseName } from "./ledger_record.ts";

/** A release that is owed an upgrade, and does not get it from this run. */
export const HeldRelease = z.strictObject({
  ...ReleaseName.shape,
  why: z.enum(["paused", "blocked"]),
});
export type HeldRelease = Readonly<z.infer<typeof HeldRelease>>;

/** What `plan` tells `report` of a run. */
export const LedgerOutput = z.strictObject({
  /** The environment of the deployments that hold the record. */
  environment: z.string(),
  head: CommitHash,
  /** The id of the deployment whose record was read; `null` where there was none. */
  record: z.nullable(z.int()),
  as_of: CommitHash,
  /** The commits at which releases were up to date last, by their keys, where it is not `as_of`. */
  bases: z.record(z.string(), CommitHash),
  canaries: z.readonly(z.array(SupportAndStagingJob)),
  prod: z.readonly(z.array(ProdHubJob)),
  /** The hubs among them that nothing checks, by their keys. */
  unchecked: z.optional(z.readonly(z.array(z.string()))),
  /** The releases, planned or held, that a label or a person asked for, by their keys. */
  asked: z.optional(z.readonly(z.array(z.string()))),
  held: z.array(HeldRelease),
  settled: z.array(ReleaseName),
});
export type LedgerOutput = Readonly<z.infer<typeof LedgerOutput>>;

/** A release that a run is to upgrade, and where. */
export interface PlannedRelease extends ReleaseName {
  /** The name of its leg, as GitHub lists it among the run's jobs. */
  readonly leg: string;
  /** The names of the steps that have to succeed, the one that begins the upgrade first. */
  readonly steps: readonly string[];
}

/** The names of the jobs that upgrade releases. */
export interface LegNames {
  /** That of the job that calls a workflow with the others for each cluster, where one does. */
  readonly cluster?: string | undefined;
  readonly canary: string;
  readonly prod: string;
}

/** The releases that a run is to upgrade, in the order in which their legs do. */
export function plannedReleases(
  { canaries, prod, unchecked = [] }: Pick<LedgerOutput, "canaries" | "prod" | "unchecked">,
  names: LegNames = { canary: CANARY_JOB, prod: PROD_JOB },
): readonly PlannedRelease[] {
  const legOf = (name: string, jobs: SupportAndStagingJob | ProdHubJob) => {
    const leg = legName(name, { jobs });
    if (names.cluster === undefined) return leg;
    return calledName(legName(names.cluster, { cluster: jobs.cluster_name }), leg);
  };
  const stepsOf = (release: ReleaseName, upgrade: string, check: string) =>
    unchecked.includes(releaseKey(release)) ? [upgrade] : [upgrade, check];
  return [
    ...canaries.flatMap((jobs) => {
      const { cluster_name: cluster, upgrade_support, addons = [], staging_hubs } = jobs;
      const leg = { cluster, leg: legOf(names.canary, jobs) };
      return [
        ...(upgrade_support
          ? [{ ...leg, release: SUPPORT_CHART, steps: [LEG_STEPS.upgradeSupport] }]
          : []),
        ...addons.map((release, index) => (
          { ...leg, release, steps: [LEG_STEPS.upgradeAddon(index + 1)] }
        )),
        ...staging_hubs.map((release, index) => {
          const number = index + 1;
          const upgrade = LEG_STEPS.upgradeStagingHub(number);
          const check = LEG_STEPS.checkStagingHub(number);
          return { ...leg, release, steps: stepsOf({ cluster, release }, upgrade, check) };
        }),
      ];
    }),
    ...prod.map((jobs) => {
      const release = { cluster: jobs.cluster_name, release: jobs.hub_name };
      const steps = stepsOf(release, LEG_STEPS.upgradeHub, LEG_STEPS.checkHub);
      return { ...release, leg: legOf(names.prod, jobs), steps };
    }),
  ];
}

export function baseOf(
  release: ReleaseName,
  { bases, as_of }: Pick<LedgerOutput, "bases" | "as_of">,
): string {
  return bases[releaseKey(release)] ?? as_of;
}
