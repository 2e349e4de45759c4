import type { StoredRecord } from "../../src/ledger/deployments.ts";
import type { LedgerRecord, OwedUpgrade } from "../../src/ledger/ledger_record.ts";
import type { Cluster } from "../../src/plan/cluster.ts";

/** Commits by a letter: `commit("a")` is 40 of it. */
export function commit(letter: string): string {
  return letter.repeat(40);
}

/** A cluster with a support chart and hubs, of which those named `staging` are staging hubs. */
export function clusterOf(name: string, ...hubs: readonly string[]): Cluster {
  return {
    name,
    provider: "gcp",
    file: `config/clusters/${name}/cluster.yaml`,
    support: { valuesFiles: [] },
    hubs: hubs.map((name) => ({ name, staging: name.includes("staging"), valuesFiles: [] })),
  };
}

/** An owed upgrade of `cluster/release`. */
export function owedUpgrade(
  key: string,
  outcome: OwedUpgrade["outcome"] = "failed",
  rest: Partial<OwedUpgrade> = {},
): OwedUpgrade {
  const [cluster = "", release = ""] = key.split("/");
  return { cluster, release, base: commit("b"), outcome, run: 456, attempt: 1, ...rest };
}

/** A record as it is stored, written so many hours after the first of November. */
export function stored(hour: number, record: Partial<LedgerRecord> = {}): StoredRecord {
  return {
    id: 300 + hour,
    writtenAt: new Date(Date.UTC(2026, 10, 1, hour)).toISOString(),
    writtenBy: "github-actions[bot]",
    record: { version: 1, as_of: commit("f"), owed: [], deployed: {}, ...record },
  };
}
