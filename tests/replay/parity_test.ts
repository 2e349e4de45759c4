import assert from "node:assert/strict";
import fc from "fast-check";
import { replayHistory } from "../../src/replay/replay_history.ts";
import { loadConfig } from "../../src/config/load_config.ts";
import type { Settings } from "../../src/config/settings.ts";
import { resolveRange } from "../../src/git/range.ts";
import { Plan } from "../../src/plan/schema.ts";
import { type PlannedPush, Planner } from "../../src/replay/planner.ts";
import { isChartFile } from "../../src/repository/read_charts.ts";
import { hubwright } from "../cli/fake_io.ts";
import { tempRepository } from "../git/temp_repository.ts";
import { tempFolder } from "../temp_folder.ts";
import { commitHistory, fullHistory, history } from "./histories.ts";

const PRECISIONS = ["cluster", "hub"] as const;

/** What a replay plans, push by push. */
async function replayed(repo: string, settings: Settings): Promise<readonly PlannedPush[]> {
  const planner = new Planner(settings);
  const planned: PlannedPush[] = [];
  await replayHistory(repo, await resolveRange(repo, undefined), {
    reads: isChartFile,
    start: (files, read) => planner.start(files, read),
    add: async ({ files }, read) => void planned.push(await planner.plan(files, read)),
  });
  return planned;
}

/** The releases that `hubwright plan` upgrades; `undefined` where it finds something wrong. */
async function planned(
  repo: string,
  config: string,
  base: string,
  head: string,
): Promise<readonly string[] | undefined> {
  const { code, out, err } = await hubwright([
    ...["plan", "--repo", repo, "--config", config, "--format", "json"],
    ...["--base", base, "--head", head],
  ]);
  assert.ok(code === 0 || code === 1, err);
  if (code === 1) return undefined;
  const { support_and_staging, prod } = Plan.parse(JSON.parse(out));
  return [
    ...support_and_staging.flatMap((row) => [
      ...(row.upgrade_support ? [row.cluster_name] : []),
      ...row.staging_hubs.map((hub) => `${row.cluster_name}/${hub}`),
    ]),
    ...prod.map((row) => `${row.cluster_name}/${row.hub_name}`),
  ].sort();
}

Deno.test("a replay plans each push as plan does, whatever happens in the history", async () => {
  await using configs = await tempFolder(Object.fromEntries(
    PRECISIONS.map((precision) => [
      `${precision}.ts`,
      `export default { precision: "${precision}" };\n`,
    ]),
  ));
  const settings = await loadConfig(configs.path, `${configs.path}/hub.ts`);
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(history, async (pushes) => {
      await using repo = await tempRepository();
      const commits = await commitHistory(repo, pushes);
      const replay = await replayed(repo.path, settings);
      assert.equal(replay.length, commits.length - 1);
      for (const [index, push] of replay.entries()) {
        const [base = "", head = ""] = commits.slice(index, index + 2);
        for (const precision of PRECISIONS) {
          const plan = await planned(repo.path, `${configs.path}/${precision}.ts`, base, head);
          // Where plan refuses to plan, replay says that it could not read everything.
          if (plan === undefined) assert.ok(push.unreadable.length > 0);
          else assert.deepEqual([...push[precision].keys()].sort(), plan);
          if (plan !== undefined && plan.length > 0) compared++;
        }
      }
    }),
    { seed: 7, numRuns: 6, examples: [[fullHistory]] },
  );
  assert.ok(compared > 20, `${compared} plans`);
});
