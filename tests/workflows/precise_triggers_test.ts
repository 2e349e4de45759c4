import assert from "node:assert/strict";
import { load } from "js-yaml";
import { hubwright } from "../cli/fake_io.ts";
import { planOf, preciseRepository } from "../cli/precise_repository.ts";
import { githubTriggers } from "../plan/github_paths.ts";
import type { WorkflowText } from "./repositories.ts";

const CONFIG = {
  chartsDir: "charts",
  rules: {
    allHubs: ["deployer/**", "!**/*.md"],
    allSupport: ["charts/support/**"],
    charts: { daskhub: ["images/dask/**"] },
    fileKeys: ["override"],
  },
};

const FILES = {
  "config/clusters/mars/cluster.yaml":
    "name: mars\nprovider: gcp\nhubs: [{name: a, override: ../../a.yaml}]\n",
  "charts/basehub/Chart.yaml": "name: basehub",
  "charts/basehub/.helmignore": "docs/",
  "charts/daskhub/Chart.yaml": "dependencies: [{name: x, repository: file://../../lib/common}]",
  "charts/support/Chart.yaml": "name: support",
  "charts/README.md": "",
  "charts/notes/values.yaml": "",
  "lib/common/Chart.yaml": "name: common",
};

async function generate(path: string, ...args: readonly string[]) {
  const { code, err } = await hubwright(["generate", "--repo", path, ...args]);
  assert.equal(code === 0, err === "", err);
  const text = await Deno.readTextFile(`${path}/.github/workflows/deploy-hubs.yaml`);
  const { on } = load(text) as unknown as WorkflowText;
  assert.deepEqual(on.push?.paths, on.pull_request?.paths);
  return { code, paths: on.push?.paths ?? [] };
}

Deno.test("generate with precision hub watches the folder of every chart, and what charts name", async () => {
  await using repo = await preciseRepository(FILES, CONFIG);
  assert.deepEqual((await generate(repo.path)).paths, [
    ...["deployer/**", "charts/support/**", "images/dask/**", "charts/basehub/**"],
    ...["charts/daskhub/**", "lib/common/**", "config/clusters/**", "config/a.yaml", "!**/*.md"],
  ]);
});

Deno.test("generate with precision cluster watches no chart but those that the rules name", async () => {
  await using repo = await preciseRepository(FILES, { ...CONFIG, precision: "cluster" });
  assert.deepEqual((await generate(repo.path)).paths, [
    ...["deployer/**", "charts/support/**", "images/dask/**", "config/clusters/**"],
    ...["config/a.yaml", "!**/*.md"],
  ]);
});

Deno.test("generate --check with precision hub fails where there is a chart more or less", async () => {
  await using repo = await preciseRepository(FILES, CONFIG);
  await generate(repo.path);
  await repo.commit({ "charts/basehub/values.yaml": "a", "charts/notes/README.md": "b" });
  assert.equal((await generate(repo.path, "--check")).code, 0);
  await repo.commit({ "charts/notes/Chart.yaml": "name: notes" });
  assert.equal((await generate(repo.path, "--check")).code, 1);
  await generate(repo.path);
  await repo.commit({ "charts/daskhub/Chart.yaml": "name: daskhub" });
  assert.equal((await generate(repo.path, "--check")).code, 1);
});

Deno.test("generate with precision hub watches what plan looks at, and nothing else", async () => {
  await using repo = await preciseRepository(FILES, CONFIG);
  const { paths } = await generate(repo.path);
  const started = { yes: 0, no: 0 };
  for (
    const path of [
      ...["charts/basehub/values.yaml", "charts/basehub/docs/a", "charts/basehub/README.md"],
      ...["charts/daskhub/a/b", "charts/notes/values.yaml", "charts/README.md", "charts/a.txt"],
      ...["charts/support/values.yaml", "lib/common/a", "lib/a", "images/dask/Dockerfile"],
      ...["images/Dockerfile", "images/dask/README.md", "config/a.yaml", "config/b.yaml"],
      ...["deployer/a.py", "README.md", "config/clusters/mars/cluster.yaml", "charts/basehub"],
    ]
  ) {
    const { support_and_staging, prod, notices } = await planOf(repo.path, "--changed-files", path);
    const looked = support_and_staging.length + prod.length + notices.length > 0;
    assert.equal(githubTriggers(paths, path), looked, path);
    started[looked ? "yes" : "no"]++;
  }
  assert.deepEqual(started, { yes: 9, no: 10 });
});

/** Charts that the defaults follow, and two that they do not: one of no hub, one from elsewhere. */
const FOLLOWED = {
  "config/clusters/mars/cluster.yaml": "name: mars\nprovider: gcp\nsupport: {}\n" +
    "hubs: [{name: a, helm_chart: binderhub}, {name: b, helm_chart: jupyterhub/jupyterhub}]\n",
  "helm-charts/binderhub/Chart.yaml":
    "dependencies: [{name: x, repository: file://../../lib/common}]",
  "helm-charts/support/Chart.yaml": "dependencies: [{name: y, repository: file://../metrics}]",
  "helm-charts/metrics/Chart.yaml": "name: metrics",
  "helm-charts/unused/Chart.yaml": "name: unused",
  "lib/common/Chart.yaml": "name: common",
};

Deno.test("generate and plan follow by default the charts that hubs name, with either precision", async () => {
  for (const precision of ["cluster", "hub"]) {
    await using repo = await preciseRepository(FOLLOWED, { precision });
    await Deno.symlink("../../shared", `${repo.path}/helm-charts/binderhub/files`);
    await repo.commit({ "shared/a.json": "1" });
    const { paths } = await generate(repo.path);
    for (
      const [path, upgraded] of [
        ["helm-charts/binderhub/values.yaml", /^a$/],
        ["lib/common/values.yaml", /^a$/],
        ["shared/a.json", /^a$/],
        ["helm-charts/metrics/values.yaml", /^support$/],
      ] as const
    ) {
      assert.ok(githubTriggers(paths, path), `${path} with ${paths.join(" ")}`);
      const plan = await planOf(repo.path, "--changed-files", path);
      const mars = plan.support_and_staging.filter((row) => row.cluster_name === "mars");
      const releases = [
        ...mars.map(() => "support"),
        ...plan.prod.filter((row) => row.cluster_name === "mars").map((row) => row.hub_name),
      ];
      assert.ok(releases.some((release) => upgraded.test(release)), `${path}: ${releases}`);
    }
    const isWatched = githubTriggers(paths, "helm-charts/unused/values.yaml");
    assert.equal(isWatched, precision === "hub");
  }
});

Deno.test("plan warns of a chart that is gone and that a hub names, with either precision", async () => {
  for (const precision of ["cluster", "hub"]) {
    await using repo = await preciseRepository(FOLLOWED, { precision });
    await repo.commit({ "helm-charts/binderhub/Chart.yaml": null });
    const { notices } = await planOf(repo.path, "--base", "HEAD^");
    assert.deepEqual(notices.filter(({ level }) => level === "warning"), [{
      level: "warning",
      message: "The chart helm-charts/binderhub is gone, but it is still named by hub a of mars: " +
        "the upgrade would fail; put the chart back, or name another in cluster.yaml",
    }]);
    const { paths } = await generate(repo.path);
    assert.ok(githubTriggers(paths, "helm-charts/binderhub/Chart.yaml"));
  }
});

Deno.test("plan with precision cluster is not stopped by a chart that it does not look at", async () => {
  await using repo = await preciseRepository({ "helm-charts/a+b/Chart.yaml": "" }, {
    precision: "cluster",
  });
  assert.deepEqual((await planOf(repo.path, "--changed-files", "helm-charts/a+b/x")).prod, []);
  await repo.commit({
    "config/clusters/mars/cluster.yaml":
      "name: mars\nprovider: gcp\nhubs: [{name: a, helm_chart: a+b}]\n",
  });
  for (
    const args of [["plan", "--changed-files", "helm-charts/a+b/x"], ["generate"], ["validate"]]
  ) {
    const { code, out, err } = await hubwright([...args, "--repo", repo.path]);
    assert.equal(code, 1);
    assert.match(`${out}${err}`, /helm-charts\/a\+b[^]*Cannot watch this chart/);
  }
});
