import type { Config } from "../../src/config/config.ts";
import { parseConfig } from "../../src/config/settings.ts";
import type { Settings } from "../../src/config/settings.ts";
import { plan } from "../../src/plan/plan.ts";
import type { PlanInput } from "../../src/plan/plan_input.ts";
import type { Plan } from "../../src/plan/schema.ts";
import { planInput } from "../../src/repository/read_plan_input.ts";
import { memoryFiles } from "../repository/memory_files.ts";
import type { Files } from "./world.ts";

export function settingsOf(config: Config): Settings {
  return parseConfig(config, "hubwright.config.ts");
}

export interface Way {
  /** Whether every `cluster.yaml` is parsed, and not only those that the change can concern. */
  readonly whole?: boolean;
  /** Whether files and deletions come in another order. */
  readonly reversed?: boolean;
  readonly labels?: readonly string[];
}

function changeOf(before: Files, after: Files) {
  const same = (path: string) =>
    before.get(path)?.text === after.get(path)?.text &&
    before.get(path)?.executable === after.get(path)?.executable;
  return {
    base: "base",
    head: "head",
    checkedOut: true,
    files: [...after.keys()].filter((path) => !same(path)),
    deleted: [...before.keys()].filter((path) => !after.has(path)),
  };
}

/** Plans a change without git, by the function that the command line calls. */
export async function planInProcess(
  before: Files,
  after: Files,
  settings: Settings,
  way?: Way,
): Promise<Plan> {
  return plan(await inputInProcess(before, after, settings, way));
}

/** Reads what a change is planned from without git. */
export async function inputInProcess(
  before: Files,
  after: Files,
  settings: Settings,
  { whole = false, reversed = false, labels = [] }: Way = {},
): Promise<PlanInput> {
  const order = <Item>(items: readonly Item[]) => reversed ? items.toReversed() : items;
  const change = changeOf(before, after);
  return await planInput({
    files: filesIn(after),
    before: () => Promise.resolve({ ...filesIn(before), [Symbol.asyncDispose]: async () => {} }),
    settings,
    change: { ...change, files: order(change.files), deleted: order(change.deleted) },
    every: whole,
    labels,
  });
}

function filesIn(files: Files) {
  return memoryFiles(Object.fromEntries([...files].map(([path, { text }]) => [path, text])));
}

export function releasesOf({ support_and_staging, prod }: Plan): readonly string[] {
  return [
    ...support_and_staging.flatMap(({ cluster_name, upgrade_support, staging_hubs }) => [
      ...(upgrade_support ? [cluster_name] : []),
      ...staging_hubs.map((hub) => `${cluster_name}/${hub}`),
    ]),
    ...prod.map(({ cluster_name, hub_name }) => `${cluster_name}/${hub_name}`),
  ].sort();
}
