import assert from "node:assert/strict";
import type { ReplayReport } from "../../src/replay/replay.ts";
import { repositoryOf, tempRepository } from "../git/temp_repository.ts";
import { tempFolder } from "../temp_folder.ts";
import { hubwright, printed } from "./fake_io.ts";
import { earth, FILES } from "./repository.ts";

const replay = (path: string, ...options: readonly string[]) =>
  printed(["replay", "--repo", path, ...options]);

const report = async (path: string, ...options: readonly string[]): Promise<ReplayReport> =>
  JSON.parse(await replay(path, "--format", "json", ...options));

/** The upgrades of each push in few words: by `cluster`, by `hub`. */
function inShort({ history }: ReplayReport): readonly string[] {
  return history.map(({ cluster, hub }) =>
    [cluster, hub].map((of) => `${of.support_charts} ${of.staging_hubs} ${of.prod_hubs}`).join(", ")
  );
}

const CLUSTER_FILE = FILES[earth("cluster.yaml")] ?? "";

/** A history with a push of each kind. */
const history = () =>
  repositoryOf(
    { ...FILES, "deployer/deploy.py": "1\n" },
    { [earth("cluster.yaml")]: `# a comment\n${CLUSTER_FILE}` },
    { [earth("prod.values.yaml")]: "1\n", [earth("old.values.yaml")]: "1\n" },
    { "deployer/deploy.py": "2\n" },
    { "docs/index.md": "1\n" },
  );

Deno.test("replay plans pushes to clusters that no wave names today", async () => {
  await using repo = await history();
  const before = await report(repo.path);
  await repo.commit({
    [earth("cluster.yaml")]: null,
    "hubwright.config.ts": 'export default { waves: [["azure.*"]] };\n',
  });
  const after = await report(repo.path, "--to", "HEAD^");
  assert.deepEqual([inShort(after), after.unreadable], [inShort(before), before.unreadable]);
});

Deno.test("replay plans every push by both precisions, and lists the most expensive", async () => {
  await using repo = await history();
  const result = await report(repo.path);
  assert.deepEqual(inShort(result), [
    "1 1 1, 0 0 0",
    "0 1 1, 0 1 1",
    "0 1 2, 0 1 2",
    "0 0 0, 0 0 0",
  ]);
  const { precisions: { cluster, hub }, avoided, added } = result;
  assert.deepEqual([result.pushes, cluster.pushes, hub.pushes], [4, 3, 2]);
  assert.deepEqual([cluster.upgrades.total, hub.upgrades.total, added.total], [8, 5, 0]);
  assert.deepEqual(avoided, {
    upgrades: { support_charts: 1, staging_hubs: 1, prod_hubs: 1, total: 3 },
    percent: 37.5,
  });
  assert.deepEqual(
    cluster.rules.map(({ rule, alone, alone_avoided }) => [
      ...[rule, alone.total, alone_avoided.total],
    ]),
    [["all hubs", 3, 0], ["cluster file", 3, 3], ["hub values file", 2, 0]],
  );
  assert.deepEqual(hub.rules.map(({ rule, alone }) => [rule, alone.total]), [
    ["all hubs", 3],
    ["hub values file", 2],
  ]);

  assert.deepEqual(cluster.most_expensive.map((push) => push.cluster.total), [3, 3, 2]);
  assert.deepEqual(hub.most_expensive.map((push) => push.hub.total), [3, 2]);
  assert.deepEqual(result.unreferenced_files, [earth("old.values.yaml")]);
  assert.deepEqual(result.clusters_without_canary, [
    { cluster_name: "azure.mars", prod_hubs: ["rover"], support_chart: false },
  ]);
  assert.deepEqual([result.unreadable, result.unreadable_pushes], [[], 0]);
});

Deno.test("replay begins and ends where it is told, and needs nothing checked out", async () => {
  await using repo = await history();
  const [last, , , , first] = (await repo.git("rev-list", "HEAD")).split("\n");
  await repo.git("tag", "v1", "HEAD~2");
  await repo.git("checkout", "--quiet", first ?? "");
  const whole = await report(repo.path, "--to", "main");
  assert.deepEqual([whole.from, whole.to, whole.pushes], [first, last, 4]);
  const part = await report(repo.path, "--from", "v1", "--to", "main");
  assert.deepEqual(inShort(part), ["0 1 2, 0 1 2", "0 0 0, 0 0 0"]);
  const before = await report(repo.path, "--to", "v1");
  assert.deepEqual(inShort(before), ["1 1 1, 0 0 0", "0 1 1, 0 1 1"]);
  assert.deepEqual(before.unreferenced_files, [earth("old.values.yaml")]);
});

Deno.test("replay knows a cluster from the push that adds it to the push that removes it", async () => {
  const venus = "config/clusters/venus/cluster.yaml";
  await using repo = await repositoryOf(
    { ...FILES, "deployer/deploy.py": "1\n" },
    { [venus]: "name: venus\nprovider: gcp\nhubs: [{name: prod}]\n" },
    { "deployer/deploy.py": "2\n" },
    { [venus]: null },
    { "deployer/deploy.py": "3\n" },
  );
  const result = await report(repo.path);
  assert.deepEqual(inShort(result), [
    "0 0 1, 0 0 1",
    "0 1 3, 0 1 3",
    "0 0 0, 0 0 0",
    "0 1 2, 0 1 2",
  ]);
  assert.deepEqual(result.unreadable, []);
});

Deno.test("replay goes on over a cluster.yaml that cannot be read", async () => {
  await using repo = await tempRepository();
  await repo.commit({ ...FILES, "deployer/deploy.py": "1\n" });
  const broken = await repo.commit({ [earth("cluster.yaml")]: "name: [\n" });
  const still = await repo.commit({ "deployer/deploy.py": "2\n" });
  await repo.commit({ [earth("cluster.yaml")]: CLUSTER_FILE });
  const result = await report(repo.path);
  assert.deepEqual(inShort(result), ["0 0 0, 0 0 0", "0 0 1, 0 0 1", "1 1 1, 1 1 1"]);
  assert.deepEqual(result.history.map(({ unreadable }) => unreadable), [1, 1, 0]);
  const [{ message = "", ...unreadable } = {}, ...others] = result.unreadable;
  assert.match(message, /^Cannot parse it as YAML: /);
  assert.deepEqual(unreadable, {
    file: earth("cluster.yaml"),
    first: broken,
    last: still,
    pushes: 2,
  });
  assert.deepEqual([others, result.unreadable_pushes], [[], 2]);
  assert.match(await replay(repo.path), /What cannot be read counts as nothing, in 2 pushes\n/);
});

Deno.test("replay may have nothing to replay", async () => {
  await using repo = await history();
  const empty = await report(repo.path, "--from", "HEAD");
  assert.deepEqual([empty.pushes, empty.history, empty.avoided.percent], [0, [], null]);
  assert.deepEqual(empty.unreferenced_files, [earth("old.values.yaml")]);
  assert.match(await replay(repo.path, "--from", "HEAD"), /^Replayed 0 pushes: .*\n\nNothing is /);
  assert.match(await replay(repo.path, "--from", "HEAD", "--format", "csv"), /^commit,date,.*\n$/);
});

Deno.test("replay works before there is a folder of clusters", async () => {
  const commits = [{ "README.md": "1\n" }, { "deployer/deploy.py": "1\n" }, FILES];
  await using repo = await repositoryOf(...commits);
  assert.deepEqual(inShort(await report(repo.path)), ["0 0 0, 0 0 0", "1 1 2, 1 1 2"]);
});

Deno.test("replay takes today's config for the whole history", async () => {
  const change = { [earth("prod.values.yaml")]: "1\n", "docs/a.md": "1\n" };
  await using repo = await repositoryOf(FILES, change);
  await repo.commit({
    "hubwright.config.ts": `export default {
      ignoreClusters: ["templates", "azure.mars"],
      isStaging: (hub) => hub.name === "prod",
      rules: { allHubs: ["docs/**"] },
    };\n`,
  });
  const result = await report(repo.path);
  assert.deepEqual(inShort(result), ["0 1 1, 0 1 1", "0 0 0, 0 0 0"]);
  assert.deepEqual(result.clusters_without_canary, []);
});

Deno.test("replay knows in a shallow clone that older pushes are elsewhere", async () => {
  await using origin = await history();
  await using clone = await tempRepository(
    ...["clone", "--quiet", "--depth=3", `file://${origin.path}`, "."],
  );
  const result = await report(clone.path);
  assert.deepEqual([result.shallow, result.pushes], [true, 2]);
  assert.deepEqual(inShort(result), ["0 1 2, 0 1 2", "0 0 0, 0 0 0"]);
  assert.match(await replay(clone.path), /This clone is shallow/);
});

Deno.test("replay replays a subfolder of a repository", async () => {
  const prod = earth("prod.values.yaml");
  await using repo = await repositoryOf(
    Object.fromEntries(Object.entries(FILES).map(([path, text]) => [`infra/${path}`, text])),
    { [`infra/${prod}`]: "1\n" },
    { "deployer/deploy.py": "1\n", [prod]: "1\n" },
  );
  const result = await report(`${repo.path}/infra`);
  assert.deepEqual(inShort(result), ["0 1 1, 0 1 1", "0 0 0, 0 0 0"]);
});

Deno.test("replay says all that is wrong with a range and the config at once", async () => {
  await using repo = await history();
  const config = `${repo.path}/other.config.ts`;
  await Deno.writeTextFile(config, "export default { rule: {} };\n");
  const { code, out, err } = await hubwright([
    ...["replay", "--repo", repo.path, "--from", "nowhere", "--to", "nothing"],
    ...["--config", config],
  ]);
  assert.deepEqual([code, out], [1, ""]);
  assert.match(
    err,
    /Cannot find the commit --from "nowhere": expected a branch, a tag or a commit/,
  );
  assert.match(err, /Cannot find the commit --to "nothing": /);
  assert.match(
    err,
    /other\.config\.ts:1:18: Cannot read it: found the unknown key "rule"; did you mean "rules"/,
  );
});

Deno.test("replay wants a repository, and a format that it knows", async () => {
  await using folder = await tempFolder();
  const { code, err } = await hubwright(["replay", "--repo", folder.path]);
  assert.deepEqual([code, err.split("\n").length], [1, 2]);
  assert.match(err, /^Cannot read the history of ".*": not a git repository/);
  const wrong = await hubwright(["replay", "--repo", folder.path, "--format", "xml"]);
  assert.equal(wrong.code, 2);
  assert.match(wrong.err, /"--format": expected "table" or "json" or "csv", found the text "xml"/);
});
