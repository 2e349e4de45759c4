import assert from "node:assert/strict";
import { defaultSettings } from "../../src/config/settings.ts";
import { Fleet } from "../../src/replay/fleet.ts";
import { Planner } from "../../src/replay/planner.ts";
import { unreferencedFiles } from "../../src/replay/unreferenced.ts";
import { DEFAULT_PATTERNS, patterns } from "../plan/arbitraries.ts";
import type { Edits } from "./histories.ts";

const SETTINGS = defaultSettings("hubwright.config.ts");

/** Versions of files whose ids are their texts. */
function versions(edits: Edits) {
  return Object.entries(edits).map(([path, text]) => ({ path, id: text ?? undefined }));
}

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
  planner.start(versions(start), (id) => id);
  const { hub, unreadable } = await planner.plan(versions(push), (id) => id);
  return { hubs: [...hub.keys()], unreadable: unreadable.map(({ file }) => file) };
}

Deno.test("Planner reads the charts as they are at each push", async () => {
  const push = { "helm-charts/basehub/values.yaml": "1" };
  assert.deepEqual(await planned(START, push), { hubs: ["earth/a"], unreadable: [] });
  const depends = "dependencies: [{name: basehub, repository: file://../basehub}]\n";
  const dependent = { "helm-charts/daskhub/Chart.yaml": depends };
  assert.deepEqual((await planned({ ...START, ...dependent }, push)).hubs, ["earth/a", "earth/b"]);
  assert.deepEqual((await planned(START, { ...push, ...dependent })).hubs, ["earth/a", "earth/b"]);
});

Deno.test("Planner upgrades all hubs where it cannot tell the charts, and says so", async () => {
  const odd = { "helm-charts/a*b/Chart.yaml": "name: odd\n" };
  const push = { "helm-charts/basehub/values.yaml": "1" };
  assert.deepEqual(await planned({ ...START, ...odd }, push), {
    hubs: ["earth/a", "earth/b"],
    unreadable: ["helm-charts/a*b"],
  });
});

/** The files that no rule covers. */
function unreferenced(edits: Edits, allHubs: readonly string[] = []): readonly string[] {
  const fleet = new Fleet(SETTINGS);
  fleet.apply(versions(edits), (id) => id);
  const rules = { ...DEFAULT_PATTERNS, allHubs: patterns(...allHubs) };
  return unreferencedFiles(fleet, rules, SETTINGS.ignoreClusters);
}

Deno.test("unreferencedFiles() lists what no cluster.yaml names", () => {
  const files = {
    [`${FOLDER}/cluster.yaml`]: CLUSTER,
    [`${FOLDER}/a.yaml`]: "1",
    [`${FOLDER}/old.yaml`]: "1",
    [`${FOLDER}/docs/README.md`]: "1",
    "config/clusters/shared.yaml": "1",
    "config/clusters/other.yaml": "1",
    "config/clusters/templates/a.yaml": "1",
    "config/elsewhere.yaml": "1",
  };
  const all = [
    "config/clusters/other.yaml",
    `${FOLDER}/docs/README.md`,
    `${FOLDER}/old.yaml`,
  ];
  assert.deepEqual(unreferenced(files), all.toSorted());
  assert.deepEqual(unreferenced(files, ["!**/*.md", "config/*/other.yaml"]), [all[2]]);
});

Deno.test("unreferencedFiles() lists nothing that a cluster may name which cannot be read", () => {
  const files = { [`${FOLDER}/cluster.yaml`]: "name: [", [`${FOLDER}/a.yaml`]: "1" };
  assert.deepEqual(unreferenced(files), []);
  assert.deepEqual(unreferenced({ [`${FOLDER}/a.yaml`]: "1" }), []);
});
