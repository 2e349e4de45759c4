import type { Settings } from "../config/settings.ts";
import { type Push, readPushes } from "../git/history.ts";
import { ObjectReader } from "../git/object_reader.ts";
import { type FileVersion, listTree } from "../git/tree.ts";
import { inParallel } from "../in_parallel.ts";
import { releaseKey } from "../ledger/ledger_record.ts";
import type { Step } from "../ledger/make_up.ts";
import { decideChanges } from "../plan/decide.ts";
import { labelEffects } from "../plan/labels.ts";
import type { Cause } from "../plan/reason.ts";
import { SUPPORT_CHART } from "../plan/releases.ts";
import type { ReadBlob } from "../repository/file_index.ts";
import { Planner } from "./planner.ts";

/**
 * The labels of how many pushes are asked for at once. One after the other, those of several hundred
 * would take longer than GitHub is waited for; many more at once, it would refuse.
 */
const AT_ONCE = 4;

/** A part of the first-parent history, and the labels behind its commits. */
export interface StepsRequest {
  readonly repo: string;
  readonly settings: Settings;
  readonly from: string;
  readonly to: string;
  /** Whether a changed path can concern a release. */
  readonly concerns: (path: string) => boolean;
  readonly labelsOf: (push: Push) => Promise<readonly string[]>;
}

/**
 * Plans each commit of the first-parent history by itself, oldest first, with the clusters as they
 * were after it.
 *
 * @throws {UserError} Where git cannot read the history, or GitHub the labels.
 */
export async function planSteps(
  { repo, settings, from, to, concerns, labelsOf }: StepsRequest,
): Promise<readonly Step[]> {
  const pushes = await Array.fromAsync(readPushes(repo, { from, to }));
  const isIdle = ({ files }: Push) => !files.some(({ path }) => concerns(path));
  if (pushes.every(isIdle)) return pushes.map(({ commit }) => ({ commit, causes: new Map() }));
  const objects = new ObjectReader(repo);
  const read = (id: string) => objects.readText(id);
  // Not with "using": a Deno that is too old has to read the entry to say so.
  try {
    const start = await listTree(repo, from);
    return await stepsOf(pushes, { settings, start, read, isIdle, labelsOf });
  } finally {
    await objects[Symbol.asyncDispose]();
  }
}

/** What pushes are planned from, wherever their files are. */
export interface StepsInput extends Pick<StepsRequest, "settings" | "labelsOf"> {
  readonly start: readonly FileVersion[];
  readonly read: ReadBlob;
  /** Whether a push can concern no release. */
  readonly isIdle: (push: Push) => boolean;
}

/** Plans each push by itself, with the clusters as they were after it. */
export async function stepsOf(
  pushes: readonly Push[],
  { settings, start, read, isIdle, labelsOf }: StepsInput,
): Promise<readonly Step[]> {
  const planner = new Planner(settings);
  await planner.fleet.apply(start, read);
  // A push that started no run had no labels that count.
  const allLabels = await inParallel(
    pushes,
    AT_ONCE,
    (push) => isIdle(push) ? Promise.resolve([]) : labelsOf(push),
  );
  const taken = [];
  for (const [index, push] of pushes.entries()) {
    const { [settings.precision]: input, unreadable } = await planner.take(push.files, read);
    const labels = labelEffects(allLabels[index] ?? [], settings.labels);
    const decided = decideChanges({ ...input, labels });
    taken.push({ commit: push.commit, decided, unreadable });
  }
  return taken.map(({ commit, decided, unreadable }) => {
    const causes = new Map<string, readonly Cause[]>();
    const add = (cluster: string, release: string, some: readonly Cause[]) => {
      const key = releaseKey({ cluster, release });
      if (some.length > 0) causes.set(key, [...causes.get(key) ?? [], ...some]);
    };
    for (const { cluster, release, causes } of decided.clusters.flatMap((of) => of.upgraded)) {
      add(cluster, release, causes);
    }
    // What could not be read then was not planned: a release of it may be out of date.
    const files = new Map(unreadable.map(({ file, message }) => [file, message]));
    for (const { name, file, addons = [], hubs, read } of planner.fleet.clusters) {
      // What a file that could not be read is about is not known, where the config reads it.
      const note = files.get(file) ?? (read && unreadable[0]?.message);
      if (note === undefined) continue;
      const cause = { rule: "unreadable", subjects: [file], note };
      for (const release of [SUPPORT_CHART, ...[...addons, ...hubs].map((each) => each.name)]) {
        add(name, release, [cause]);
      }
    }
    return { commit, causes };
  });
}
