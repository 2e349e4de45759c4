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
