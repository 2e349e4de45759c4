import assert from "node:assert/strict";
import fc from "fast-check";
import { defaultSettings, type Settings } from "../../src/config/settings.ts";
import { UserError } from "../../src/errors.ts";
import { resolveRange } from "../../src/git/range.ts";
import { type PlannedPush, Planner } from "../../src/replay/planner.ts";
import { replayHistory } from "../../src/replay/replay_history.ts";
import { planInProcess, releasesOf } from "../precise/in_process.ts";
import { tempRepository } from "../git/temp_repository.ts";
import { commitHistory, type Edits, fullHistory, history, versionsOf } from "./histories.ts";

const SETTINGS = defaultSettings("hubwright.config.ts");

/** What a replay plans, push by push, without git. */
async function replayed(pushes: readonly Edits[]): Promise<readonly PlannedPush[]> {
  const planner = new Planner(SETTINGS);
  const [start, ...others] = pushes.map(versionsOf);
  const read = (id: string) => Promise.resolve(id);
  await planner.fleet.apply(start ?? [], read);
  const planned: PlannedPush[] = [];
  for (const files of others) planned.push(await planner.plan(files, read));
  return planned;
}

/** The releases that a plan of two trees upgrades; `undefined` where it finds something wrong. */
async function planned(before: Edits, after: Edits, settings: Settings) {
  const files = (edits: Edits) =>
    new Map(
      Object.entries(edits).flatMap(([path, text]) =>
        text === null ? [] : [[path, { text, executable: false }] as const]
      ),
    );
  try {
    return releasesOf(await planInProcess(files(before), files(after), settings));
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

Deno.test("Planner plans each push as plan does, whatever happens in the history", async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(history, async (pushes) => {
      const replay = await replayed(pushes);
      let before: Edits = {};
      for (const [index, edits] of pushes.entries()) {
        const after = { ...before, ...edits };
        const push = replay[index - 1];
        for (const precision of push === undefined ? [] : ["cluster", "hub"] as const) {
          const plan = await planned(before, after, { ...SETTINGS, precision });
          // Where plan refuses to plan, replay says that it could not read everything.
          if (plan === undefined) assert.ok(push && push.unreadable.length > 0);
          else assert.deepEqual([...push?.[precision].keys() ?? []].sort(), plan);
          if (plan !== undefined && plan.length > 0) compared++;
        }
        before = after;
      }
    }),
    { seed: 7, numRuns: 60, examples: [[fullHistory]] },
  );
  assert.ok(compared > 200, `${compared} plans`);
});

Deno.test("replayHistory() plans what git has of a history as its edits are planned", async () => {
  await using repo = await tempRepository();
  await commitHistory(repo.path, fullHistory);
  const range = await resolveRange(repo.path, undefined);
  const pushes = await Array.fromAsync(replayHistory(repo.path, range, new Planner(SETTINGS)));
  assert.deepEqual(pushes.map(({ planned }) => planned), await replayed(fullHistory));
});
