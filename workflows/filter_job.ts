import { filterCommand } from "../src/contract/filter.ts";
import { type CommandOutputs, commandStep } from "../src/contract/step.ts";
import { type Expression, fieldOf, itemOf } from "../src/workflow/expression.ts";
import { cancelled, format, fromJSON, hasItems, toJSON } from "../src/workflow/functions.ts";
import { github } from "../src/workflow/github_context.ts";
import { type Job, job, needOf } from "../src/workflow/job.ts";
import { isSplit } from "../src/config/layout.ts";
import { CANARY_JOB } from "../src/filter/verdict.ts";
import type { Deployment } from "./deployment.ts";
import { jobOptions, ownSteps } from "./job_options.ts";
import { idOf, type Planned, type Turn } from "./lanes.ts";

export type FilterJob = Job<
  `filter-generate-jobs${string}`,
  CommandOutputs<typeof filterCommand>
>;

/** Decides which prod hubs of a wave may follow. */
export function filterJob(
  { settings, names, isDeployment, slackOfLegs }: Deployment,
  { plan, required }: Planned,
  canaries: readonly Job[],
  { wave, earlier }: Pick<Turn, "wave" | "earlier">,
): FilterJob {
  const options = settings.jobs.filter;
  const build = required.find(({ id }) => id === "build");
  const { result, outputs: planned } = needOf(plan);
  const ofWave = isSplit(settings) ? itemOf(fromJSON(planned.waves), wave) : undefined;
  return job(idOf("filter-generate-jobs", { wave }), {
    name: names.filter,
    comment: settings.gate === "fleet"
      ? "Lets the prod hubs through where every canary passed, and fails where it blocks them. Runs\n" +
        "whatever became of the canaries."
      : "Lets through the prod hubs whose own cluster's canary passed, and fails where it blocks\n" +
        "any. Runs whatever became of the canaries, so that one cluster never blocks another.",
    needs: [...required, ...canaries, ...earlier],
    if: () =>
      cancelled().not()
        .and(isDeployment)
        .and(result.equals("success"))
        .and(ofWave ? fieldOf(ofWave, "prod") : hasItems(planned["prod-hub-matrix-jobs"])),
    ...jobOptions(settings, "jobs.filter", options, {
      permissions: {
        actions: { access: "read", why: "to tell, in a re-run, which attempt a verdict is of" },
      },
      timeoutMinutes: 10,
    }),
    steps: () => {
      const filter = commandStep(filterCommand, {
        name: "Filter",
        id: "filter",
        runtime: settings.runtime,
        env: {
          PROD_HUB_MATRIX_JOBS: planned["prod-hub-matrix-jobs"],
          CANARY_CLUSTERS: planned["canary-clusters"],
          CANARY_RESULT: joined(" ", canaries.map((canary) => needOf(canary).result)),
          CANARY_OUTPUTS: joined(",", canaries.map((canary) => toJSON(needOf(canary).allOutputs))),
          ...(ofWave && settings.waves && {
            WAVE_CLUSTERS: toJSON(fieldOf(ofWave, "clusters")),
          }),
          ...(earlier.length > 0 && {
            EARLIER_RESULTS: joined(" ", earlier.map((job) => needOf(job).result)),
          }),
          ...(settings.gate === "fleet" && { GATE: settings.gate }),
          ...(build && { BUILD_RESULT: needOf(build).result }),
          ...(names.canary !== CANARY_JOB && { CANARY_JOB: names.canary }),
          GITHUB_TOKEN: github.token,
        },
      });
      const { shards: _, ...outputs } = filter.outputs;
      return {
        steps: [...ownSteps(options, [filter]), ...slackOfLegs],
        outputs: isSplit(settings) ? filter.outputs : (outputs as typeof filter.outputs),
      };
    },
  });
}

/** Values one after the other; several that commas separate are a JSON list. */
function joined(separator: " " | ",", values: readonly Expression<string>[]): Expression<string> {
  const [only, ...others] = values;
  if (only !== undefined && others.length === 0) return only;
  const text = values.map((_, index) => `{${index}}`).join(separator);
  return format(separator === "," ? `[${text}]` : text, ...values);
}
