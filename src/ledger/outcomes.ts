import type { ListedJob } from "../github/run_jobs.ts";
import { CUT } from "../workflow/leg_name.ts";
import type { PlannedRelease } from "./ledger_output.ts";

/** How the upgrade of a release ended; `blocked` where no attempt of its leg began it. */
export type Outcome = "success" | "failed" | "cancelled" | "lost" | "blocked";

/** A release that a run was to upgrade, and how that ended. */
export interface EndedRelease extends PlannedRelease {
  readonly outcome: Outcome;
  /** The page of the leg that says more, where GitHub lists one. */
  readonly url: string | undefined;
}

/**
 * Tells from the jobs of all attempts of a run how each upgrade ended. The last attempt that began
 * an upgrade decides: a later one that never came to it leaves the release as it was.
 */
export function outcomesOf(
  planned: readonly PlannedRelease[],
  jobs: readonly ListedJob[],
): readonly EndedRelease[] {
  const byName = Map.groupBy(jobs, ({ name }) => name);
  // Where GitHub cuts the name of a job of a called workflow is not documented.
  const cut = [...byName.keys()].filter((name) => name.endsWith(CUT));
  const listed = (leg: string) =>
    byName.has(leg) ? leg : cut.find((name) => leg.startsWith(name.slice(0, -CUT.length))) ?? leg;
  const placeOf = ({ leg, steps: [upgrade] }: PlannedRelease) => `${listed(leg)}: ${upgrade}`;
  const byPlace = Map.groupBy(planned, placeOf);
  return planned.map((release) => {
    const legs = (byName.get(listed(release.leg)) ?? []).toSorted((a, b) =>
      b.run_attempt - a.run_attempt
    );
    const ends = legs.map(({ html_url, ...leg }) => ({
      attempt: leg.run_attempt,
      outcome: outcomeIn(leg, release.steps),
      url: html_url ?? undefined,
    }));
    const last = ends.find(({ outcome }) => outcome !== undefined);
    // GitHub cuts long names: of several legs with the same one, none can be told from the others.
    const sharing = byPlace.get(placeOf(release))?.length ?? 1;
    const isTold = sharing === 1 || (ends.every(({ outcome }) => outcome === "success") &&
      Map.groupBy(ends, ({ attempt }) => attempt).values().some(({ length }) => length >= sharing));
    return {
      ...release,
      outcome: last === undefined ? "blocked" : isTold ? last.outcome ?? "lost" : "lost",
      url: (last ?? ends[0])?.url,
    };
  });
}

/** How an upgrade ended in one attempt of its leg; `undefined` where it was not begun. */
function outcomeIn(
  leg: Omit<ListedJob, "html_url">,
  [upgrade, ...checks]: readonly string[],
): Outcome | undefined {
  const conclusions = new Map(leg.steps?.map(({ name, conclusion }) => [name, conclusion]));
  // A lost runner ends no step, and its last words may be missing: the upgrade may have begun.
  const lost = leg.conclusion !== "skipped" && Boolean(leg.runner_name) &&
    (conclusions.size === 0 || conclusions.values().some((conclusion) => !conclusion));
  const [begun, ...ended] = [upgrade, ...checks]
    .map((name = "") => conclusions.get(name) ?? (lost ? "lost" : "skipped"));
  if (begun === "skipped") return undefined;
  const first = [begun, ...ended].find((conclusion) => conclusion !== "success");
  if (first === undefined) return "success";
  if (first === "lost") return "lost";
  return first === "failure" ? "failed" : "cancelled";
}
