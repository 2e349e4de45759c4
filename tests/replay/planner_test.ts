import assert from "node:assert/strict";
import { defaultSettings } from "../../src/config/settings.ts";
import { Fleet } from "../../src/replay/fleet.ts";
import { Planner } from "../../src/replay/planner.ts";
import { Replay } from "../../src/replay/replay.ts";
import { DEFAULT_PATTERNS, patterns } from "../plan/arbitraries.ts";
import { type Edits, versionsOf } from "./histories.ts";

const SETTINGS = defaultSettings("hubwright.config.ts");

const read = (id: string) => Promise.resolve(id);

const FOLDER = "config/clusters/earth";
const CLUSTER = `name: earth
provider: gcp
hubs:
  - {name: a, helm_chart: basehub, helm_chart_values_files: [a.yaml]}
  - {name: b, helm_chart: daskhub, helm_chart_values_files: [../shared.yaml]}
`;
const START: Edits = {
  [`${FOLDER}/cluster.yaml`]: CLUSTER,
  "helm-charts/basehub/Chart.yaml": "name: basehub\n",
  "helm-charts/daskhub/Chart.yaml": "name: daskhub\n",
};

/** What a push upgrades by `hub`, and what cannot be read then. */
async function planned(start: Edits, push: Edits) {
  const planner = new Planner(SETTINGS);
  await planner.fleet.apply(versionsOf(start), read);
  const { hub, unreadable } = await planner.plan(versionsOf(push), read);
  return { hubs: [...hub.keys()], unreadable: unreadable.map(({ file }) => file) };
}

Deno.test("Planner reads the charts as they are at each push, and upgrades all hubs where it cannot", async () => {
  const push = { "helm-charts/basehub/values.yaml": "1" };
  assert.deepEqual(await planned(START, push), { hubs: ["earth/a"], unreadable: [] });
  const depends = "dependencies: [{name: basehub, repository: file://../basehub}]\n";
  const dependent = { "helm-charts/daskhub/Chart.yaml": depends };
  assert.deepEqual((await planned({ ...START, ...dependent }, push)).hubs, ["earth/a", "earth/b"]);
  assert.deepEqual((await planned(START, { ...push, ...dependent })).hubs, ["earth/a", "earth/b"]);
  const odd = { "helm-charts/a*b/Chart.yaml": "name: odd\n" };
  const everything = { hubs: ["earth/a", "earth/b"], unreadable: ["helm-charts/a*b"] };
  assert.deepEqual(await planned({ ...START, ...odd }, push), everything);
});

/** The files that no rule covers after a push. */
async function unreferenced(edits: Edits, allHubs: readonly string[] = []) {
  const rules = { ...SETTINGS.rules, ...DEFAULT_PATTERNS, allHubs: patterns(...allHubs) };
  const settings = { ...SETTINGS, rules };
  const fleet = new Fleet(settings);
  await fleet.apply(versionsOf(edits), read);
  const range = { from: "0", to: "1", shallow: false };
  return new Replay().report(range, fleet, settings).unreferenced_files;
}

Deno.test("Replay lists what no cluster.yaml names, unless a cluster may that cannot be read", async () => {
  const files = {
    [`${FOLDER}/cluster.yaml`]: CLUSTER,
    [`${FOLDER}/a.yaml`]: "1",
    [`${FOLDER}/old.yaml`]: "1",
    [`${FOLDER}/docs/README.md`]: "1",
    "config/clusters/shared.yaml": "1",
    "config/clusters/other.yaml": "1",
    "config/clusters/templates/a.yaml": "1",
    "config/clusters/mars/cluster.yaml": "name: [",
    "config/clusters/mars/a.yaml": "1",
    "config/clusters/venus/a.yaml": "1",
    "config/elsewhere.yaml": "1",
  };
  const other = "config/clusters/other.yaml";
  const [readme, old] = [`${FOLDER}/docs/README.md`, `${FOLDER}/old.yaml`];
  assert.deepEqual(await unreferenced(files), [readme, old, other].toSorted());
  assert.deepEqual(await unreferenced(files, ["!**/*.md", "config/*/other.yaml"]), [old]);
});
