import assert from "node:assert/strict";
import { tempRepository } from "../git/temp_repository.ts";
import { releasesOf } from "../precise/in_process.ts";
import {
  clusterFile,
  DIR,
  EARTH,
  FILES,
  planOf,
  preciseRepository,
  PROD,
  STAGING,
  upgrades,
} from "./precise_repository.ts";

const ALL_EARTH = ["earth/prod", "earth/staging"];

Deno.test("plan with precision hub says which key decided", async () => {
  await using repo = await preciseRepository();
  await repo.commit({ [EARTH]: clusterFile("earth", STAGING, `${PROD}, domain: x`) });
  const { prod, support_and_staging } = await planOf(repo.path, "--base", "HEAD^");
  assert.deepEqual(prod.map(({ reason }) => reason), [`${EARTH}: domain (rule: hub entry)`]);
  assert.equal(support_and_staging[0]?.staging_reason, "prod (rule: staging before prod)");
});

Deno.test("plan with precision cluster upgrades all of the cluster for one key, as ever", async () => {
  await using repo = await preciseRepository({}, { precision: "cluster" });
  await repo.commit({
    [EARTH]: clusterFile("earth", STAGING, `${PROD}, domain: x`),
    [`${DIR}/mars/cluster.yaml`]: `# comment\n${FILES[`${DIR}/mars/cluster.yaml`]}`,
    [`${DIR}/earth/prod.yaml`]: null,
  });
  const plan = await planOf(repo.path, "--base", "HEAD^");
  assert.deepEqual(releasesOf(plan), [...ALL_EARTH, "mars/lab"]);
  assert.equal(plan.prod[0]?.reason, `${EARTH} (rule: cluster file)`);
  assert.deepEqual(plan.notices.map(({ level }) => level), ["warning", "notice"]);
});

Deno.test("plan with precision cluster does not look at charts", async () => {
  await using repo = await preciseRepository({}, { precision: "cluster" });
  await repo.commit({ "helm-charts/daskhub/README.md": "x", "helm-charts/other/Chart.yaml": "x" });
  assert.deepEqual(await upgrades(repo), [...ALL_EARTH, "mars/lab"]);
});

Deno.test("plan with precision hub upgrades a hub called no, by that name", async () => {
  const text = (domain: string) => clusterFile("earth", `name: no, domain: ${domain}`, "name: yes");
  await using repo = await preciseRepository({ [EARTH]: text("a") });
  await repo.commit({ [EARTH]: text("b") });
  assert.deepEqual(await upgrades(repo), ["earth/no"]);
});

Deno.test("plan with precision hub warns of a deleted values file, and upgrades its hub", async () => {
  await using repo = await preciseRepository();
  await repo.commit({ [`${DIR}/earth/prod.yaml`]: null });
  assert.deepEqual(await upgrades(repo), ALL_EARTH);
  const { notices } = await planOf(repo.path, "--base", "HEAD^");
  assert.deepEqual(notices.map(({ level }) => level), ["warning"]);
});

Deno.test("plan with precision hub warns of a cluster that is gone, and not of a template", async () => {
  const template = `${DIR}/templates/cluster.yaml`;
  await using repo = await preciseRepository({ [template]: "no cluster" });
  await repo.commit({ [template]: null });
  assert.deepEqual((await planOf(repo.path, "--base", "HEAD^")).notices, []);
  await repo.git("rm", "--quiet", "-r", `${DIR}/mars`);
  await repo.commit({});
  const [notice, ...rest] = (await planOf(repo.path, "--base", "HEAD^")).notices;
  assert.ok(notice?.level === "warning" && rest.length === 0);
  assert.match(notice.message, /^config\/clusters\/mars\/cluster\.yaml is gone: /);
});

Deno.test("plan with precision hub sees a values file become a folder, and a folder a file", async () => {
  await using repo = await preciseRepository({ [`${DIR}/mars/x/y`]: "1" });
  await repo.git("rm", "--quiet", `${DIR}/earth/prod.yaml`);
  await repo.commit({ [`${DIR}/earth/prod.yaml/x`]: "1" });
  assert.deepEqual(await upgrades(repo), ALL_EARTH);
});

Deno.test("plan with precision hub upgrades nothing for the mode of a cluster.yaml", async () => {
  await using repo = await preciseRepository();
  await Deno.chmod(`${repo.path}/${EARTH}`, 0o755);
  await repo.commit({});
  assert.notEqual(await repo.git("diff", "--name-only", "HEAD^"), "");
  assert.deepEqual(await upgrades(repo), []);
});

Deno.test("plan with precision hub upgrades all where cluster.yaml was a link, or a folder", async () => {
  await using repo = await preciseRepository({ "elsewhere.yaml": clusterFile("earth", PROD) });
  const file = `${repo.path}/${EARTH}`;
  await Deno.remove(file);
  await Deno.symlink("../../../elsewhere.yaml", file);
  await repo.commit({});
  await repo.git("rm", "--quiet", EARTH);
  await repo.commit({ [EARTH]: FILES[EARTH] ?? "" });
  assert.deepEqual(await upgrades(repo), ALL_EARTH);
  await repo.git("rm", "--quiet", EARTH);
  await repo.commit({ [`${EARTH}/cluster.yaml`]: FILES[EARTH] ?? "" });
  await repo.git("rm", "--quiet", "-r", EARTH);
  await repo.commit({ [EARTH]: FILES[EARTH] ?? "" });
  assert.deepEqual(await upgrades(repo), ALL_EARTH);
});

Deno.test("plan with precision hub reads a cluster.yaml that became a link as what it leads to", async () => {
  await using repo = await preciseRepository({ "elsewhere.yaml": FILES[EARTH] ?? "" });
  await Deno.remove(`${repo.path}/${EARTH}`);
  await Deno.symlink("../../../elsewhere.yaml", `${repo.path}/${EARTH}`);
  await repo.commit({});
  const { support_and_staging, prod } = await planOf(repo.path, "--base", "HEAD^");
  assert.deepEqual([support_and_staging, prod], [[], []]);
});

for (
  const [what, text] of [
    ["no YAML", "name: ["],
    ["empty", ""],
    ["another text", "x"],
    ["two documents", `${FILES[EARTH]}---\n${FILES[EARTH]}`],
    ["two hubs of one name", clusterFile("earth", PROD, PROD)],
    ["hubs by name", "name: earth\nprovider: gcp\nhubs: {prod: {}}\n"],
  ] as const
) {
  Deno.test(`plan with precision hub upgrades all where cluster.yaml was ${what}`, async () => {
    await using repo = await preciseRepository({ [EARTH]: text });
    await repo.commit({ [EARTH]: FILES[EARTH] ?? "" });
    assert.deepEqual(await upgrades(repo), ALL_EARTH);
  });
}

Deno.test("plan with precision hub upgrades all where cluster.yaml was not UTF-8", async () => {
  await using repo = await preciseRepository();
  const bytes = [...new TextEncoder().encode(`${FILES[EARTH]}# `), 0xc3, 0x28, 10];
  await Deno.writeFile(`${repo.path}/${EARTH}`, Uint8Array.from(bytes));
  await repo.commit({});
  await repo.commit({ [EARTH]: `${FILES[EARTH]}# (\n` });
  assert.deepEqual(await upgrades(repo), ALL_EARTH);
});

Deno.test("plan with precision hub sees no submodule in place of a cluster before", async () => {
  await using repo = await preciseRepository();
  const commit = await repo.git("rev-parse", "HEAD");
  await repo.git("rm", "--quiet", "-r", `${DIR}/earth`);
  await repo.git("update-index", "--add", "--cacheinfo", `160000,${commit},${DIR}/earth`);
  await repo.git("commit", "--quiet", "--message=submodule");
  await repo.git("rm", "--quiet", "--cached", `${DIR}/earth`);
  await repo.commit({ [EARTH]: FILES[EARTH] ?? "", [`${DIR}/earth/prod.yaml`]: "a: 1" });
  assert.deepEqual(await upgrades(repo), ALL_EARTH);
});

for (const base of ["0".repeat(40), "1".repeat(40)]) {
  Deno.test(`plan with precision hub plans everything where the base is ${base.slice(0, 3)}...`, async () => {
    await using repo = await preciseRepository();
    const plan = await planOf(repo.path, "--base", base);
    assert.deepEqual(releasesOf(plan), [...ALL_EARTH, "mars/lab"]);
    assert.equal(plan.notices[0]?.level, "warning");
  });
}

Deno.test("plan with precision hub plans everything in a shallow clone without the base", async () => {
  await using repo = await preciseRepository();
  const base = await repo.git("rev-parse", "HEAD");
  await repo.commit({ "README.md": "x" });
  await using clone = await tempRepository("clone", "-q", "--depth=1", `file://${repo.path}`, ".");
  assert.equal(releasesOf(await planOf(clone.path, "--base", base)).length, 3);
  assert.equal(releasesOf(await planOf(repo.path, "--base", base)).length, 0);
});

Deno.test("plan with precision hub upgrades all of a given cluster.yaml, whose base is not known", async () => {
  await using repo = await preciseRepository();
  const plan = await planOf(repo.path, "--changed-files", `${EARTH},helm-charts/daskhub/x`);
  assert.deepEqual(releasesOf(plan), [...ALL_EARTH, "mars/lab"]);
  assert.match(
    plan.prod[0]?.reason ?? "",
    /: what it was before is not known \(rule: cluster file\)$/,
  );
});

Deno.test("plan with precision hub goes by labels too", async () => {
  await using repo = await preciseRepository();
  await repo.commit({ [EARTH]: clusterFile("earth", STAGING, `${PROD}, domain: x`) });
  const labelled = async (label: string) =>
    releasesOf(await planOf(repo.path, "--base", "HEAD^", "--labels", JSON.stringify([label])));
  assert.deepEqual(await labelled("deployer:skip-deploy-hubs"), []);
  assert.deepEqual(await labelled("deployer:deploy-hubs"), [...ALL_EARTH, "mars/lab"]);
  assert.deepEqual(await labelled("bug"), ALL_EARTH);
});

Deno.test("plan with precision hub follows anchors that all hubs share", async () => {
  const text = (admin: string) =>
    `common: &common {admins: [${admin}]}\n` +
    clusterFile("earth", `${STAGING}, auth: *common`, `${PROD}, <<: *common`, "name: lab");
  await using repo = await preciseRepository({ [EARTH]: text("a") }, {
    rules: { inertKeys: ["common"] },
  });
  await repo.commit({ [EARTH]: text("b") });
  assert.deepEqual(await upgrades(repo), ALL_EARTH);
});
