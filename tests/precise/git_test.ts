import assert from "node:assert/strict";
import fc from "fast-check";
import { Plan } from "../../src/plan/schema.ts";
import { hubwright } from "../cli/fake_io.ts";
import { fastImport } from "../git/fast_import.ts";
import { tempRepository } from "../git/temp_repository.ts";
import { tempFolder } from "../temp_folder.ts";
import { change, CONFIGS } from "./changes.ts";
import { planInProcess, releasesOf, settingsOf } from "./in_process.ts";
import { expectedReleases } from "./oracle.ts";
import type { Files } from "./world.ts";

/** How many random changes there are, and every how manieth of them is checked out as well. */
const CHANGES = 32;
const CHECKED_OUT = 8;

const SETTINGS = new Map(CONFIGS.map((config) => [config, settingsOf(config)]));

Deno.test("hubwright plan upgrades what differs between two commits, checked out or not", async () => {
  await using configs = await tempFolder(Object.fromEntries(
    CONFIGS.map((config, index) => [
      `${index}.config.ts`,
      `export default ${JSON.stringify(config)};\n`,
    ]),
  ));
  await using repo = await tempRepository();
  const changes = fc.sample(change, { seed: 8, numRuns: CHANGES }).map((change, index) => ({
    ...change,
    name: `change-${index}`,
    folder: index % 4 === 0 ? "infra/" : "",
  }));
  await fastImport(
    repo.path,
    changes.flatMap(({ name, folder, before, after }) => {
      const changesTo = (files: Files) =>
        [...files].map(([path, { text, executable }]) => ({
          path: `${folder}${path}`,
          text,
          kind: executable ? "executable" as const : "file" as const,
        }));
      const old = `${name}-before`;
      return [
        { branch: old, changes: changesTo(before) },
        { branch: name, from: old, anew: true, changes: changesTo(after) },
      ];
    }),
  );
  const count = { planned: 0, checkedOut: 0 };
  for (const [index, { name, folder, config, before, after }] of changes.entries()) {
    const planned = async (...head: readonly string[]): Promise<Plan> => {
      const { code, out, err } = await hubwright([
        ...["plan", "--repo", `${repo.path}/${folder}`, "--base", `${name}-before`, ...head],
        ...["--config", `${configs.path}/${CONFIGS.indexOf(config)}.config.ts`],
        ...["--format", "json"],
      ]);
      assert.deepEqual({ code, err }, { code: 0, err: "" });
      return Plan.parse(JSON.parse(out));
    };
    await Deno.mkdir(`${repo.path}/infra`, { recursive: true });
    const plan = await planned("--head", name);
    const releases = releasesOf(plan);
    assert.deepEqual(releases, expectedReleases(before, after, config), name);
    const settings = SETTINGS.get(config) ?? settingsOf(config);
    const { base, head } = plan;
    assert.deepEqual(plan, { ...await planInProcess(before, after, settings), base, head });
    if (releases.length > 0) count.planned++;
    if (index % CHECKED_OUT !== 0) continue;
    await repo.git("checkout", "--quiet", "--force", "--detach", name);
    assert.deepEqual(await planned(), plan, name);
    count.checkedOut++;
  }
  assert.ok(count.planned > 13 && count.planned < CHANGES, JSON.stringify(count));
  assert.equal(count.checkedOut, CHANGES / CHECKED_OUT);
});
