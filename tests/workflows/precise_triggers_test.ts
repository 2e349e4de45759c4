import assert from "node:assert/strict";
import { load } from "js-yaml";
import { hubwright } from "../cli/fake_io.ts";
import { planOf } from "../cli/planned.ts";
import { FILES as BASE, preciseRepository } from "../cli/precise_repository.ts";
import { releasesOf } from "../precise/in_process.ts";
import { Sandbox } from "../cli/sandbox.ts";
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
  ...BASE,
  "config/clusters/mars/cluster.yaml":
    "name: mars\nprovider: gcp\nhubs: [{name: a, override: ../../a.yaml}]\n",
  "charts/basehub/Chart.yaml": "name: basehub",
  "charts/daskhub/Chart.yaml": "dependencies: [{name: x, repository: file://../../lib/common}]",
  "charts/support/Chart.yaml": "name: support",
  "charts/notes/values.yaml": "",
  "lib/common/Chart.yaml": "name: common",
};

const folderOf = (files: Readonly<Record<string, string>>, config: object) =>
  Sandbox.create({ ...files, "hubwright.config.ts": `export default ${JSON.stringify(config)};` });

async function generate(path: string, ...args: readonly string[]) {
  const { code, err } = await hubwright(["generate", "--repo", path, ...args]);
  assert.equal(code === 0, err === "", err);
  const text = await Deno.readTextFile(`${path}/.github/workflows/deploy-hubs.yaml`);
  const { on } = load(text) as unknown as WorkflowText;
  assert.deepEqual(on.push?.paths, on.pull_request?.paths);
  return { code, paths: on.push?.paths ?? [] };
}

const CHARTS = {
  hub: ["charts/basehub/**", "charts/daskhub/**", "lib/common/**"],
  cluster: [],
} as const;

for (const [precision, charts] of Object.entries(CHARTS)) {
  Deno.test(`generate with precision ${precision} watches ${charts.length} folders of charts beside what the config names`, async () => {
    await using repo = await folderOf(FILES, { ...CONFIG, precision });
    assert.deepEqual((await generate(repo.path)).paths, [
      ...["deployer/**", "charts/support/**", "images/dask/**", ...charts],
      ...["config/clusters/**", "config/a.yaml", "!**/*.md"],
    ]);
  });
}

Deno.test("generate --check with precision hub fails where there is a chart more or less", async () => {
  await using repo = await folderOf(FILES, { ...CONFIG, precision: "hub" });
  const codeWith = async (path: string, text: string) => {
    await repo.write(path, text);
    return (await generate(repo.path, "--check")).code;
  };
  await generate(repo.path);
  assert.equal(await codeWith("charts/basehub/values.yaml", "a"), 0);
  assert.equal(await codeWith("charts/notes/README.md", "b"), 0);
  assert.equal(await codeWith("charts/notes/Chart.yaml", "name: notes"), 1);
  await generate(repo.path);
  assert.equal(await codeWith("charts/daskhub/Chart.yaml", "name: daskhub"), 1);
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

for (const precision of ["cluster", "hub"]) {
  Deno.test(`generate and plan with precision ${precision} follow the charts that hubs name, and warn of one that is gone`, async () => {
    await using repo = await preciseRepository(FOLLOWED, { precision });
    await Deno.symlink("../../shared", `${repo.path}/helm-charts/binderhub/files`);
    await repo.commit({ "shared/a.json": "1" });
    const { paths } = await generate(repo.path);
    assert.equal(githubTriggers(paths, "helm-charts/unused/values.yaml"), precision === "hub");
    const changed = [
      "helm-charts/binderhub/values.yaml",
      "lib/common/values.yaml",
      "shared/a.json",
    ];
    for (const path of [...changed, "helm-charts/metrics/values.yaml"]) {
      assert.ok(githubTriggers(paths, path), `${path} with ${paths.join(" ")}`);
      const releases = releasesOf(await planOf(repo.path, ["--changed-files", path]));
      assert.ok(
        releases.includes(changed.includes(path) ? "mars/a" : "mars"),
        `${path}: ${releases}`,
      );
    }

    await repo.commit({ "helm-charts/binderhub/Chart.yaml": null });
    const { notices } = await planOf(repo.path, ["--base", "HEAD^"]);
    assert.deepEqual(notices.filter(({ level }) => level === "warning"), [{
      level: "warning",
      message: "The chart helm-charts/binderhub is gone, but it is still named by hub a of mars: " +
        "the upgrade would fail; put the chart back, or name another in cluster.yaml",
    }]);
    const after = await generate(repo.path);
    assert.ok(githubTriggers(after.paths, "helm-charts/binderhub/Chart.yaml"));
  });
}

Deno.test("plan with precision cluster is not stopped by a chart that it does not look at", async () => {
  await using repo = await preciseRepository({ "helm-charts/a+b/Chart.yaml": "" }, {
    precision: "cluster",
  });
  assert.deepEqual((await planOf(repo.path, ["--changed-files", "helm-charts/a+b/x"])).prod, []);
  await repo.commit({
    "config/clusters/mars/cluster.yaml":
      "name: mars\nprovider: gcp\nhubs: [{name: a, helm_chart: a+b}]\n",
  });
  for (const args of ["plan --changed-files helm-charts/a+b/x", "generate", "validate"]) {
    const { code, out, err } = await hubwright([...args.split(" "), "--repo", repo.path]);
    assert.equal(code, 1);
    assert.match(`${out}${err}`, /helm-charts\/a\+b[^]*Cannot watch this chart/);
  }
});
