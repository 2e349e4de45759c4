/** Small git repositories with `precision: "hub"`, and what `hubwright plan` makes of them. */
import assert from "node:assert/strict";
import { repositoryOf, type TempRepository } from "../git/temp_repository.ts";
import { planOf, releasesOf } from "./planned.ts";

export const DIR = "config/clusters";
export const EARTH = `${DIR}/earth/cluster.yaml`;

/** The text of a `cluster.yaml` whose hubs' entries are given as YAML. */
export const clusterFile = (name: string, ...hubs: readonly string[]): string =>
  `name: ${name}\nprovider: gcp\nhubs:\n${hubs.map((hub) => `  - {${hub}}\n`).join("")}`;

export const STAGING = "name: staging, helm_chart: basehub";
export const PROD = "name: prod, helm_chart: basehub, helm_chart_values_files: [prod.yaml]";
export const LAB = "name: lab, helm_chart: daskhub";

export const FILES = {
  [EARTH]: clusterFile("earth", STAGING, PROD),
  [`${DIR}/earth/prod.yaml`]: "a: 1\n",
  [`${DIR}/mars/cluster.yaml`]: clusterFile("mars", LAB),
  "helm-charts/basehub/Chart.yaml": "name: basehub\n",
  "helm-charts/daskhub/Chart.yaml":
    "name: daskhub\ndependencies: [{name: basehub, repository: file://../basehub}]\n",
};

/** A repository with `precision: "hub"`, and perhaps more in its config. */
export async function preciseRepository(
  files: Readonly<Record<string, string>> = {},
  config: object = {},
): Promise<TempRepository> {
  const text = `export default ${JSON.stringify({ precision: "hub", ...config })};\n`;
  return await repositoryOf({ "hubwright.config.ts": text, ...FILES, ...files });
}

/** What the last commit upgrades, which is the same where it is not checked out. */
export async function upgrades({ path, git }: TempRepository): Promise<readonly string[]> {
  const plan = await planOf(path, ["--base", "HEAD^"]);
  const [head = "", base = ""] = (await git("rev-parse", "HEAD", "HEAD^")).split("\n");
  await Deno.writeTextFile(`${path}/.git/HEAD`, base);
  assert.deepEqual(await planOf(path, ["--base", base, "--head", head]), plan);
  await Deno.writeTextFile(`${path}/.git/HEAD`, "ref: refs/heads/main\n");
  return releasesOf(plan);
}
