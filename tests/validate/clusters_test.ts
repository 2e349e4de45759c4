import assert from "node:assert/strict";
import { assertClean, EARTH, EARTH_TEXT, earthWith, onlyFindings } from "./validated.ts";

const CONFIG = "hubwright.config.ts";
const CHART = "helm-charts/basehub/Chart.yaml";

Deno.test("no-canary finds prod hubs without a staging hub", async () => {
  const text = earthWith("name: staging", "name: stage");
  assert.deepEqual(await onlyFindings("no-canary", { [EARTH]: text }), [
    `${EARTH}:6:1: Cannot try an upgrade before it reaches the prod hubs stage, prod: the cluster ` +
    "has no staging hub, and the upgrade of its support chart alone gates them; add one, or say " +
    'in the config which hubs are, with "isStaging"',
  ]);
  await assertClean({
    [EARTH]: text,
    [CONFIG]: 'export default { isStaging: (hub) => hub.name === "stage" };\n',
  });
});

Deno.test("no-canary says where nothing at all gates a prod hub", async () => {
  const [line = ""] = await onlyFindings("no-canary", {
    [EARTH]: "name: earth\nprovider: gcp\nhubs:\n  - name: prod\n",
    "config/clusters/earth/support.values.yaml": null,
    "config/clusters/earth/staging.values.yaml": null,
    "config/clusters/earth/prod.values.yaml": null,
    "config/clusters/common.values.yaml": null,
  });
  assert.match(line, /:3:1: .* the prod hub prod: .* no staging hub, and nothing does; /);
});

Deno.test("no-canary does not miss hubs where there are none", async () => {
  for (const hubs of ["hubs: []\n", "hubs:\n", ""]) {
    await assertClean({
      "config/clusters/mars/cluster.yaml": `name: mars\nprovider: gcp\n${hubs}`,
    });
  }
});

Deno.test("unknown-chart finds a chart that has no folder, once a file", async () => {
  const text = EARTH_TEXT.replaceAll("basehub", "bsehub");
  assert.deepEqual(await onlyFindings("unknown-chart", { [EARTH]: text }), [
    `${EARTH}:8:17: Cannot find the chart "bsehub" of the hubs staging, prod: expected the file ` +
    'helm-charts/bsehub/Chart.yaml; did you mean "basehub"?',
  ]);
});

Deno.test("unknown-chart finds a folder that is no chart", async () => {
  const changes = { [CHART]: null, "helm-charts/basehub/values.yaml": "a: 1\n" };
  const [line = ""] = await onlyFindings("unknown-chart", changes);
  assert.match(line, /expected the file helm-charts\/basehub\/Chart\.yaml$/);
});

Deno.test("unknown-chart looks where chartsDir says, and at the charts of the rules", async () => {
  const changes = {
    [CHART]: null,
    "charts/basehub/Chart.yaml": "name: basehub\n",
    "scripts/dask.py": "",
    [CONFIG]:
      'export default {\n  chartsDir: "charts",\n  rules: { allHubs: [], allSupport: [],\n' +
      '    charts: { "daskhub": ["scripts/**"] } },\n};\n',
  };
  assert.deepEqual(await onlyFindings("unknown-chart", changes), [
    `${CONFIG}:4:15: Cannot find the chart "daskhub" of "rules.charts": expected the file ` +
    "charts/daskhub/Chart.yaml",
  ]);
  await assertClean({ ...changes, "charts/daskhub/Chart.yaml": "name: daskhub\n" });
});

Deno.test("unknown-chart leaves charts from elsewhere alone, and linked ones", async () => {
  for (const chart of ["oci://example.org/hub", "stable/hub", "./charts/hub", "https:hub"]) {
    await assertClean({ [EARTH]: EARTH_TEXT.replaceAll("basehub", chart) });
  }
  await assertClean(
    { [EARTH]: earthWith("basehub", "linked") },
    (folder) => Deno.symlink("basehub", folder.join("helm-charts/linked")),
  );
});

Deno.test("unknown-chart finds nothing where the repository holds no charts", async () => {
  await assertClean({ [CHART]: null });
});
