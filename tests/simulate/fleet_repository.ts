import type { Config } from "../../src/config/config.ts";
import type { Sandbox } from "../cli/sandbox.ts";
import { headOf } from "../git/temp_repository.ts";
import { configure, exampleRepository } from "./example.ts";

/** A copy of the example whose second commit begins a ledger at the first. */
export async function ledgerRepository(
  more: Config = {},
): Promise<Sandbox> {
  const repository = await exampleRepository();
  await setConfig(repository, more, await headOf(repository.path));
  await repository.commit("Begin the ledger");
  return repository;
}

/** Writes the config of a fleet with a ledger, and generates the workflows. */
export async function setConfig(
  repository: Sandbox,
  more: Config,
  since?: string,
): Promise<void> {
  const before = await repository.read("hubwright.config.ts");
  const text = JSON.stringify({ notify: { slack: "SLACK" }, ...more }).slice(1, -1);
  await configure(
    repository,
    `export default {
  rules: {
    allHubs: ["deployer/**", "helm-charts/basehub/**", "helm-charts/daskhub/**", "!**/README.md"],
  },
  ledger: { since: "${since ?? /since: "(\w+)"/.exec(before)?.[1]}", reconcile: "0 3 * * *" },
  ${text},
};
`,
  );
}
