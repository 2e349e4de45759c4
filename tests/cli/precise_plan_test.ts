import assert from "node:assert/strict";
import { type TempRepository, tempRepository } from "../git/temp_repository.ts";
import {
  clusterFile,
  DIR,
  EARTH,
  FILES,
  LAB,
  preciseRepository,
  PROD,
  STAGING,
  upgrades,
} from "./precise_repository.ts";
import { planOf, releasesOf } from "./planned.ts";

const MARS = `${DIR}/mars/cluster.yaml`;
const ALL_EARTH = ["earth/staging", "earth/prod"];
const ALL = [...ALL_EARTH, "mars/lab"];

Deno.test("plan with precision hub says which key decided, and goes by labels", async () => {
  await using repo = await preciseRepository();
  await repo.commit({ [EARTH]: clusterFile("earth", STAGING, `${PROD}, domain: x`) });
  const base = ["--base", "HEAD^"];
  const { prod, support_and_staging } = await planOf(repo.path, base);
  assert.deepEqual(prod.map(({ reason }) => reason), [`${EARTH}: domain (rule: hub entry)`]);
  assert.equal(support_and_staging[0]?.staging_reason, "prod (rule: staging before prod)");
  const labelled = async (label: string) =>
    releasesOf(await planOf(repo.path, [...base, "--labels", JSON.stringify([label])]));
  assert.deepEqual(await labelled("deployer:skip-deploy-hubs"), []);
  assert.deepEqual(await labelled("deployer:deploy-hubs"), ALL);
  assert.deepEqual(await labelled("bug"), ALL_EARTH);
});

Deno.test("plan with precision cluster upgrades all of the cluster for one key, and looks at no chart", async () => {
  await using repo = await preciseRepository({}, { precision: "cluster" });
  await repo.commit({
    [EARTH]: clusterFile("earth", STAGING, `${PROD}, domain: x`),
    [MARS]: `# comment\n${FILES[MARS]}`,
    [`${DIR}/earth/prod.yaml`]: null,
  });
  const plan = await planOf(repo.path, ["--base", "HEAD^"]);
  assert.deepEqual(releasesOf(plan), ALL);
  assert.equal(plan.prod[0]?.reason, `${EARTH} (rule: cluster file)`);
  assert.deepEqual(plan.notices.map(({ level }) => level), ["warning", "notice"]);
  await repo.commit({ "helm-charts/daskhub/README.md": "x", "helm-charts/other/Chart.yaml": "x" });
  assert.deepEqual(await upgrades(repo), ALL);
});

/** Puts a link to another file in the place of earth's `cluster.yaml`. */
async function linkEarth(repo: TempRepository): Promise<void> {
  await Deno.remove(`${repo.path}/${EARTH}`);
  await Deno.symlink("../../../elsewhere.yaml", `${repo.path}/${EARTH}`);
  await repo.commit({});
}

const EARTH_FILE = { [EARTH]: FILES[EARTH] ?? "" };

interface Case {
  readonly before?: Readonly<Record<string, string>>;
  /** Makes commits, of which the last one is planned. */
  readonly change: (repo: TempRepository) => Promise<unknown>;
  readonly upgraded: readonly string[];
}

const CASES: Readonly<Record<string, Case>> = {
  "sees a values file become a folder, and a folder a file": {
    before: { [`${DIR}/mars/x/y`]: "1" },
    change: async (repo) => {
      await repo.git("rm", "--quiet", `${DIR}/earth/prod.yaml`);
      await repo.commit({ [`${DIR}/earth/prod.yaml/x`]: "1" });
    },
    upgraded: ALL_EARTH,
  },
  "upgrades nothing for the mode of a cluster.yaml": {
    change: async (repo) => {
      await Deno.chmod(`${repo.path}/${EARTH}`, 0o755);
      await repo.commit({});
      assert.notEqual(await repo.git("diff", "--name-only", "HEAD^"), "");
    },
    upgraded: [],
  },
  "upgrades all where cluster.yaml was a link": {
    before: { "elsewhere.yaml": clusterFile("earth", PROD) },
    change: async (repo) => {
      await linkEarth(repo);
      await repo.git("rm", "--quiet", EARTH);
      await repo.commit(EARTH_FILE);
    },
    upgraded: ALL_EARTH,
  },
  "upgrades all where cluster.yaml was a folder": {
    change: async (repo) => {
      await repo.git("rm", "--quiet", EARTH);
      await repo.commit({ [`${EARTH}/cluster.yaml`]: FILES[EARTH] ?? "" });
      await repo.git("rm", "--quiet", "-r", EARTH);
      await repo.commit(EARTH_FILE);
    },
    upgraded: ALL_EARTH,
  },
  "reads a cluster.yaml that became a link as what it leads to": {
    before: { "elsewhere.yaml": FILES[EARTH] ?? "" },
    change: linkEarth,
    upgraded: [],
  },
  "upgrades all where cluster.yaml was no YAML": {
    before: { [EARTH]: "name: [" },
    change: (repo) => repo.commit(EARTH_FILE),
    upgraded: ALL_EARTH,
  },
  "upgrades all where cluster.yaml was not UTF-8": {
    change: async (repo) => {
      const bytes = [...new TextEncoder().encode(`${FILES[EARTH]}# `), 0xc3, 0x28, 10];
      await Deno.writeFile(`${repo.path}/${EARTH}`, Uint8Array.from(bytes));
      await repo.commit({});
      await repo.commit({ [EARTH]: `${FILES[EARTH]}# (\n` });
    },
    upgraded: ALL_EARTH,
  },
  "sees no submodule in place of a cluster before": {
    change: async (repo) => {
      const commit = await repo.git("rev-parse", "HEAD");
      await repo.git("rm", "--quiet", "-r", `${DIR}/earth`);
      await repo.git("update-index", "--add", "--cacheinfo", `160000,${commit},${DIR}/earth`);
      await repo.git("commit", "--quiet", "--message=submodule");
      await repo.git("rm", "--quiet", "--cached", `${DIR}/earth`);
      await repo.commit({ ...EARTH_FILE, [`${DIR}/earth/prod.yaml`]: "a: 1" });
    },
    upgraded: ALL_EARTH,
  },
};

for (const [what, { before, change, upgraded }] of Object.entries(CASES)) {
  Deno.test(`plan with precision hub ${what}`, async () => {
    await using repo = await preciseRepository(before);
    await change(repo);
    assert.deepEqual(await upgrades(repo), upgraded);
  });
}

Deno.test("plan with precision hub warns of what is gone: a values file, a cluster, no template", async () => {
  const template = `${DIR}/templates/cluster.yaml`;
  await using repo = await preciseRepository({ [template]: "no cluster" });
  const notices = async () => (await planOf(repo.path, ["--base", "HEAD^"])).notices;
  await repo.commit({ [template]: null });
  assert.deepEqual(await notices(), []);
  await repo.commit({ [`${DIR}/earth/prod.yaml`]: null });
  assert.deepEqual(await upgrades(repo), ALL_EARTH);
  assert.deepEqual((await notices()).map(({ level }) => level), ["warning"]);
  await repo.git("rm", "--quiet", "-r", `${DIR}/mars`);
  await repo.commit({});
  const [notice, ...rest] = await notices();
  assert.ok(notice?.level === "warning" && rest.length === 0);
  assert.match(notice.message, /^config\/clusters\/mars\/cluster\.yaml is gone: /);
});

Deno.test("plan with precision hub plans everything in a shallow clone without the base", async () => {
  await using repo = await preciseRepository();
  const base = await repo.git("rev-parse", "HEAD");
  await repo.commit({ "README.md": "x" });
  await using clone = await tempRepository("clone", "-q", "--depth=1", `file://${repo.path}`, ".");
  const plan = await planOf(clone.path, ["--base", base]);
  assert.deepEqual([releasesOf(plan), plan.notices[0]?.level], [ALL, "warning"]);
  assert.deepEqual(releasesOf(await planOf(repo.path, ["--base", base])), []);
});

Deno.test("plan with precision hub upgrades all of a given cluster.yaml, whose base is not known", async () => {
  await using repo = await preciseRepository();
  const plan = await planOf(repo.path, ["--changed-files", `${EARTH},helm-charts/daskhub/x`]);
  assert.deepEqual(releasesOf(plan), ALL);
  assert.match(
    plan.prod[0]?.reason ?? "",
    /: what it was before is not known \(rule: cluster file\)$/,
  );
});

const fileOf = (name: string) => `${DIR}/${name}/cluster.yaml`;

Deno.test("plan compares many cluster.yaml with their versions before, in a folder of a repository too", async () => {
  for (const [root, count] of [["", 120], ["infra/", 10]] as const) {
    const names = Array.from({ length: count }, (_, index) => `many-${index}`);
    const filesWith = (domain: string) =>
      Object.fromEntries(names.map((name) => [
        `${root}${fileOf(name)}`,
        clusterFile(name, STAGING, PROD, `${LAB}, domain: ${domain}`),
      ]));
    const moved = `${root}${fileOf("many-7")}`;
    const { [moved]: text = "", ...others } = filesWith("before");
    await using repo = await preciseRepository({ ...others, "elsewhere.yaml": text });
    await repo.commit({ ...filesWith("after"), "elsewhere.yaml": null });
    const args = ["--base", "HEAD^", "--config", `${repo.path}/hubwright.config.ts`];
    const { support_and_staging, prod } = await planOf(`${repo.path}/${root}`, args);
    assert.equal(support_and_staging.length, count);
    const reasons = new Map(prod.map((row) => [`${row.cluster_name}/${row.hub_name}`, row.reason]));
    // The one that is new is upgraded as a whole.
    const upgraded = [...names.map((name) => `${name}/lab`), "many-7/prod"];
    assert.deepEqual([...reasons.keys()].sort(), upgraded.sort());
    assert.equal(reasons.get("many-8/lab"), `${fileOf("many-8")}: domain (rule: hub entry)`);
    assert.equal(reasons.get("many-7/lab"), `${fileOf("many-7")}: it is new (rule: cluster file)`);
  }
});
