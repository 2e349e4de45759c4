/** A fleet that is laid out in another way, from its config to plans and a workflow. */
import assert from "node:assert/strict";
import { repositoryOf } from "../git/temp_repository.ts";
import { hubwright, printed } from "./fake_io.ts";
import { planOf, releasesOf } from "./planned.ts";

const CONFIG = `export default {
  clusters: {
    files: "deployments/*/deployment.yaml",
    read({ folder, data }) {
      const name = folder.split("/").at(-1);
      if (name === "template") return null;
      const hub = (stage) => ({
        name: name + "-" + stage,
        files: [folder + "/config/common.yaml", folder + "/config/" + stage + ".yaml", folder + "/image/**"],
      });
      const { cluster, project } = data;
      return { name: cluster, provider: "gcp", values: { project }, hubs: [hub("staging"), hub("prod")] };
    },
  },
  rules: { allHubs: ["hub/**"], allSupport: [] },
  setup: ({ value }) => [
    { name: "Sign in", env: { PROJECT: value("project") }, run: 'sign-in "$PROJECT"' },
  ],
};
`;

const deployment = (name: string, cluster = "campus") => ({
  [`deployments/${name}/deployment.yaml`]: `cluster: ${cluster}\nproject: p1\n`,
  [`deployments/${name}/config/common.yaml`]: "a: 1\n",
  [`deployments/${name}/config/staging.yaml`]: "a: 1\n",
  [`deployments/${name}/config/prod.yaml`]: "a: 1\n",
});

const campus = () =>
  repositoryOf({
    "hubwright.config.ts": CONFIG,
    "hub/values.yaml": "a: 1\n",
    ...deployment("astro"),
    ...deployment("bio"),
    ...deployment("template", "[]"),
  });

Deno.test("plan upgrades what the config's read() says a file is about, and hands its values on", async () => {
  await using repo = await campus();
  const all = ["campus/astro-staging", "campus/bio-staging"];
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["deployments/bio/config/staging.yaml", ["campus/bio-staging"]],
    ["deployments/bio/config/prod.yaml", [...all, "campus/bio-prod"]],
    ["deployments/bio/image/apt/list.txt", [...all, "campus/bio-prod"]],
    ["deployments/bio/deployment.yaml", [...all, "campus/bio-prod"]],
    ["hub/values.yaml", [...all, "campus/astro-prod", "campus/bio-prod"]],
    ["deployments/template/config/prod.yaml", []],
  ];
  for (const [changed, wanted] of cases) {
    const plan = await planOf(repo.path, ["--changed-files", changed]);
    assert.deepEqual(releasesOf(plan), wanted, changed);
    for (const row of [...plan.support_and_staging, ...plan.prod]) {
      assert.deepEqual(row.values, { project: "p1" });
    }
  }
});

Deno.test("plan reads the commit before by read() as well, and says what a change takes away", async () => {
  await using repo = await campus();
  await repo.git("rm", "-rq", "deployments/bio");
  await repo.commit(deployment("chem", "annex"));
  const plan = await planOf(repo.path, ["--base", "HEAD^"]);
  assert.deepEqual(releasesOf(plan), ["annex/chem-staging", "annex/chem-prod"]);
  const said = plan.notices.map(({ message }) => message).join("\n");
  assert.match(said, /Cluster campus no longer has hub bio-staging, hub bio-prod/);
});

Deno.test("plan of a commit that is not checked out reads the clusters of that commit", async () => {
  await using repo = await campus();
  const head = await repo.commit(deployment("chem"));
  await repo.git("rm", "-rq", "deployments/chem");
  await repo.commit({});
  const plan = await planOf(repo.path, ["--base", `${head}^`, "--head", head]);
  assert.ok(releasesOf(plan).includes("campus/chem-prod"));
});

Deno.test("generate triggers on the files of clusters and on the patterns of their releases", async () => {
  await using repo = await campus();
  await printed(["generate", "--repo", repo.path]);
  const text = await Deno.readTextFile(`${repo.path}/.github/workflows/deploy-hubs.yaml`);
  for (
    const path of [
      "deployments/*/deployment.yaml",
      "deployments/bio/image/**",
      "deployments/bio/config/common.yaml",
    ]
  ) assert.ok(text.includes(`      - ${path}\n`), path);
  assert.ok(!text.includes("config/clusters"), "no folder of clusters");
  assert.ok(text.includes("PROJECT: ${{ matrix.jobs.values.project }}"));
  await printed(["generate", "--check", "--repo", repo.path]);
});

Deno.test("validate reads the clusters of read(), and finds files that are not there", async () => {
  await using repo = await campus();
  await repo.git("rm", "-q", "deployments/bio/config/common.yaml");
  const { code, out } = await hubwright(["validate", "--repo", repo.path, "--format", "json"]);
  assert.equal(code, 1);
  assert.match(
    out,
    /Cannot find the file .*deployments\/bio\/config\/common\.yaml.* of the hub bio-/,
  );
});

Deno.test("replay plans a history by read()", async () => {
  await using repo = await campus();
  await repo.commit({ "deployments/bio/config/prod.yaml": "a: 2\n" });
  await repo.commit(deployment("chem"));
  const out = await printed(["replay", "--repo", repo.path, "--to", "HEAD", "--format", "json"]);
  assert.equal(JSON.parse(out).pushes, 2);
});

Deno.test("a config that gives both clusters and clustersDir is refused, as is one whose files match nothing", async () => {
  const plan = async (text: string) => {
    await using repo = await campus();
    await repo.commit({ "hubwright.config.ts": text });
    return await hubwright(["plan", "--repo", repo.path, "--changed-files", "a"]);
  };
  const both = CONFIG.replace("default {", 'default {\n  clustersDir: "sites",');
  assert.match((await plan(both)).err, /"clustersDir": expected no "clusters" beside it/);
  const none = CONFIG.replace("deployments/*/", "sites/*/");
  assert.match((await plan(none)).err, /Cannot find the files of clusters: none matches "sites/);
});

Deno.test("generate refuses a value that the clusters do not have", async () => {
  await using repo = await campus();
  await repo.commit({
    "hubwright.config.ts": CONFIG.replace('value("project")', 'value("projct")'),
  });
  const { code, err } = await hubwright(["generate", "--repo", repo.path]);
  assert.equal(code, 1);
  assert.match(
    err,
    /Cannot read the value "projct" of a leg: the cluster campus has none of that name; did you mean "project"\?/,
  );
});
