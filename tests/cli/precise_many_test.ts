import assert from "node:assert/strict";
import {
  clusterFile,
  DIR,
  planOf,
  preciseRepository,
  PROD,
  STAGING,
} from "./precise_repository.ts";

const NAMES = Array.from({ length: 120 }, (_, index) => `many-${index}`);
const fileOf = (name: string) => `${DIR}/${name}/cluster.yaml`;

const filesWith = (hub: string): Readonly<Record<string, string>> =>
  Object.fromEntries(NAMES.map((name) => [fileOf(name), clusterFile(name, STAGING, PROD, hub)]));

Deno.test("plan compares each cluster.yaml with its version before where many changed", async () => {
  const { [fileOf("many-7")]: moved = "", ...others } = filesWith("name: lab, domain: before");
  await using repo = await preciseRepository({ ...others, "elsewhere.yaml": moved });
  await repo.commit({ ...filesWith("name: lab, domain: after"), "elsewhere.yaml": null });

  const { support_and_staging, prod } = await planOf(repo.path, "--base", "HEAD^");
  assert.equal(support_and_staging.length, NAMES.length);
  // The one that is new is upgraded as a whole.
  assert.deepEqual(
    prod.map(({ cluster_name, hub_name }) => `${cluster_name}/${hub_name}`).sort(),
    [...NAMES.map((name) => `${name}/lab`), "many-7/prod"].sort(),
  );
  const reasons = new Map(prod.map((row) => [`${row.cluster_name}/${row.hub_name}`, row.reason]));
  assert.equal(
    reasons.get("many-8/lab"),
    `${fileOf("many-8")}: domain (rule: hub entry)`,
  );
  assert.equal(reasons.get("many-7/lab"), `${fileOf("many-7")}: it is new (rule: cluster file)`);
});

Deno.test("plan compares many cluster.yaml in a folder of a git repository", async () => {
  const inFolder = (files: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`infra/${path}`, text]));
  await using repo = await preciseRepository(inFolder(filesWith("name: lab, domain: before")));
  await repo.commit(inFolder(filesWith("name: lab, domain: after")));

  const config = `${repo.path}/hubwright.config.ts`;
  const { prod } = await planOf(`${repo.path}/infra`, "--base", "HEAD^", "--config", config);
  assert.deepEqual(
    prod.map(({ cluster_name, hub_name }) => `${cluster_name}/${hub_name}`),
    NAMES.map((name) => `${name}/lab`).sort(),
  );
});
