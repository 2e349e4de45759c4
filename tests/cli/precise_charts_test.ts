import assert from "node:assert/strict";
import { hubwright } from "./fake_io.ts";
import { clusterFile, DIR, LAB, preciseRepository, upgrades } from "./precise_repository.ts";

const BASE = ["earth/staging", "earth/prod", "mars/lab"];

Deno.test("plan with precision hub upgrades the hubs of a chart and of what depends on it", async () => {
  await using repo = await preciseRepository();
  await repo.commit({ "helm-charts/daskhub/values.yaml": "a" });
  assert.deepEqual(await upgrades(repo), ["mars/lab"]);
  await repo.commit({ "helm-charts/basehub/values.yaml": "a" });
  assert.deepEqual(await upgrades(repo), BASE);
});

Deno.test("plan with precision hub upgrades nothing for what a chart leaves out", async () => {
  await using repo = await preciseRepository({
    "helm-charts/basehub/.helmignore": "README.md\r\n# comment\r\n/docs/\r\n",
  });
  await repo.commit({ "helm-charts/basehub/README.md": "a", "helm-charts/basehub/docs/a": "a" });
  assert.deepEqual(await upgrades(repo), []);
  await repo.commit({ "helm-charts/basehub/.helmignore": "docs/\n" });
  assert.deepEqual(await upgrades(repo), BASE);
});

Deno.test("plan with precision hub upgrades the hubs of a chart that lost a file, or is gone", async () => {
  await using repo = await preciseRepository({ "helm-charts/daskhub/values.yaml": "a" });
  await repo.commit({ "helm-charts/daskhub/values.yaml": null });
  assert.deepEqual(await upgrades(repo), ["mars/lab"]);
  await repo.commit({ "helm-charts/daskhub/Chart.yaml": null });
  assert.deepEqual(await upgrades(repo), BASE);
});

for (
  const [where, chartsDir, config] of [
    ["below other folders", "deploy/k8s/charts", {}],
    ["in the folder of clusters", `${DIR}/charts`, { ignoreClusters: ["charts"] }],
    ["above the folder of clusters", "config", {}],
  ] as const
) {
  Deno.test(`plan with precision hub finds charts ${where}`, async () => {
    await using repo = await preciseRepository({
      [`${chartsDir}/daskhub/Chart.yaml`]: "name: daskhub",
      [`${chartsDir}/basehub/Chart.yaml`]: "name: basehub",
    }, { chartsDir, ...config });
    await repo.commit({ [`${chartsDir}/daskhub/values.yaml`]: "a" });
    assert.deepEqual(await upgrades(repo), ["mars/lab"]);
  });
}

/** Symbolic links, what changes behind them, and what that upgrades. */
const LINKS: Readonly<
  Record<string, {
    readonly files: Readonly<Record<string, string>>;
    readonly link: readonly [path: string, target: string];
    readonly changed: string;
    readonly upgraded: readonly string[];
  }>
> = {
  "a chart": {
    files: {
      "real/Chart.yaml": "name: real",
      [`${DIR}/mars/cluster.yaml`]: clusterFile("mars", LAB, "name: linked, helm_chart: linked"),
    },
    link: ["helm-charts/linked", "../real"],
    changed: "real/values.yaml",
    upgraded: ["mars/linked"],
  },
  "a chart that another depends on": {
    files: {
      "lib/real/Chart.yaml": "name: real",
      "helm-charts/daskhub/Chart.yaml": "dependencies: [{name: x, repository: file://../linked}]",
    },
    link: ["helm-charts/linked", "../lib/real"],
    changed: "lib/real/values.yaml",
    upgraded: ["mars/lab"],
  },
  "a Chart.yaml": {
    files: { "Chart.yaml": "dependencies: [{name: x, repository: file://../basehub}]" },
    link: ["helm-charts/daskhub/Chart.yaml", "../../Chart.yaml"],
    changed: "Chart.yaml",
    upgraded: ["mars/lab"],
  },
  "a folder in a chart": {
    files: { "shared/files/a.json": "1" },
    link: ["helm-charts/daskhub/files", "../../shared/files"],
    changed: "shared/files/a.json",
    upgraded: ["mars/lab"],
  },
};

for (const [what, { files, link: [path, target], changed, upgraded }] of Object.entries(LINKS)) {
  Deno.test(`plan with precision hub follows a link for ${what}, checked out or not`, async () => {
    await using repo = await preciseRepository(files);
    await Deno.remove(`${repo.path}/${path}`).catch(() => {});
    await Deno.symlink(target, `${repo.path}/${path}`);
    await repo.commit({});
    assert.ok((await upgrades(repo)).length > 0);
    await repo.commit({ [changed]: "name: x # changed" });
    assert.deepEqual(await upgrades(repo), upgraded);
  });
}

Deno.test("plan with precision hub refuses a link of a chart that leads out of the repository", async () => {
  await using repo = await preciseRepository();
  await Deno.symlink("/etc", `${repo.path}/helm-charts/daskhub/files`);
  await repo.commit({});
  const { code, err } = await hubwright(["plan", "--repo", repo.path, "--base", "HEAD"]);
  assert.equal(code, 1);
  assert.match(err, /^helm-charts\/daskhub\/files: Cannot follow the link of this chart: /);
});

Deno.test("plan with precision hub takes a chart for one of all whose dependency is too long for a path", async () => {
  await using repo = await preciseRepository({
    "helm-charts/daskhub/Chart.yaml": `dependencies: [{name: x, repository: "file://../${
      "x".repeat(5_000)
    }"}]`,
  });
  await repo.commit({ "helm-charts/basehub/values.yaml": "a" });
  assert.deepEqual(await upgrades(repo), BASE);
});

Deno.test("plan with precision hub looks at nothing of a chart that a path filter could not", async () => {
  await using repo = await preciseRepository({ "helm-charts/a+b/Chart.yaml": "name: a" });
  const { code, out, err } = await hubwright(["plan", "--repo", repo.path, "--base", "HEAD"]);
  assert.deepEqual({ code, out }, { code: 1, out: "" });
  assert.match(err, /^helm-charts\/a\+b: Cannot watch this chart: .*; rename it\n$/);
});
