import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import type { Plan } from "../../src/plan/schema.ts";
import { change, CONFIGS, type RandomChange } from "./changes.ts";
import { type EditKind, KINDS, removes } from "./edits.ts";
import { planInProcess, releasesOf, settingsOf } from "./in_process.ts";
import { expectedReleases } from "./oracle.ts";
import { type Files, filesOf, style, type World, world } from "./world.ts";

const SETTINGS = new Map(CONFIGS.map((config) => [config, settingsOf(config)]));

const planOf = async (
  { config, before, after }: Pick<RandomChange, "config" | "before" | "after">,
  way: Parameters<typeof planInProcess>[3] = {},
): Promise<Plan> =>
  await planInProcess(before, after, SETTINGS.get(config) ?? settingsOf(config), way);

/** The paths whose files differ, if only in their modes. */
function differing(before: Files, after: Files): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => !isDeepStrictEqual(before.get(path), after.get(path)));
}

Deno.test("precision hub upgrades the releases whose inputs differ, and no others, in whatever order and however many clusters are parsed", async () => {
  const count = { planned: 0, nothing: 0 };
  const kinds = new Set<EditKind>();
  await fc.assert(
    fc.asyncProperty(change, fc.boolean(), async (change, whole) => {
      const plan = await planOf(change);
      const planned = releasesOf(plan);
      assert.deepEqual(planned, expectedReleases(change.before, change.after, change.config));
      assert.deepEqual(await planOf(change, { whole, reversed: !whole }), plan);
      if (planned.length > 0) count.planned++;
      else count.nothing++;
      for (const { kind } of change.edits) kinds.add(kind);
    }),
    { seed: 1, numRuns: 250 },
  );
  assert.ok(count.planned > 125 && count.nothing > 50, JSON.stringify(count));
  assert.deepEqual([...kinds].sort(), [...KINDS].sort());
});

Deno.test("precision hub upgrades nothing where cluster.yaml files are only written otherwise", async () => {
  let rewritten = 0;
  const styles = fc.tuple(style, style);
  await fc.assert(
    fc.asyncProperty(world, styles, async (world: World, [one, other]) => {
      const [before, after] = [filesOf(world, one), filesOf(world, other)];
      for (const config of CONFIGS) {
        const { support_and_staging, prod, notices } = await planOf({ config, before, after });
        assert.deepEqual([support_and_staging, prod], [[], []]);
        const [notice, ...rest] = notices;
        assert.deepEqual(rest, []);
        if (differing(before, after).length === 0) assert.equal(notice, undefined);
        else assert.match(notice?.message ?? "", /^There is nothing to upgrade for config\//);
      }
      if (differing(before, after).length > 0) rewritten++;
    }),
    { seed: 2, numRuns: 40 },
  );
  assert.ok(rewritten > 30, `${rewritten}`);
});

/** Charts whose changes the classic rules look at, and what lies in no chart's folder. */
const CLASSIC = /^(?!helm-charts\/|lib\/|dashboards\/)|^helm-charts\/(?:basehub|daskhub)\//;

Deno.test("precision hub upgrades what precision cluster does, or less, where nothing is deleted", async () => {
  const count = { less: 0, same: 0 };
  const kept = change.filter(({ edits, before, after }) =>
    !edits.some(removes) && differing(before, after).every((path) => CLASSIC.test(path))
  );
  await fc.assert(
    fc.asyncProperty(kept, async (change) => {
      const precise = releasesOf(await planOf(change));
      const classicConfig = { ...change.config, precision: "cluster" } as const;
      const classic = releasesOf(await planOf({ ...change, config: classicConfig }));
      assert.deepEqual(precise.filter((release) => !classic.includes(release)), []);
      if (precise.length < classic.length) count.less++;
      else if (classic.length > 0) count.same++;
    }),
    { seed: 6, numRuns: 40 },
  );
  assert.ok(count.less > 13 && count.same > 1, JSON.stringify(count));
});
