import fc from "fast-check";
import type { Plan } from "../../src/plan/schema.ts";
import { nasty } from "../report/arbitraries.ts";
import { hostileText } from "./hostile.ts";

const commit = fc.constantFrom("", "a".repeat(40), "0".repeat(40));

/** What a plan says in words may hold anything, as it spells out the names of files. */
const words = fc.oneof(nasty, hostileText.map((text) => text.slice(0, 1_000))).map((text) =>
  text === "" ? "x" : text
);

const cluster = (cluster_name: string) =>
  fc.record({
    provider: fc.constantFrom("gcp", "aws"),
    upgrade_support: fc.boolean(),
    staging_hubs: fc.subarray(["dask-staging", "staging"]),
    hubs: fc.subarray(["demo", "prod"]),
    reason: words,
  }, { noNullPrototype: true }).map((
    { provider, upgrade_support, staging_hubs, hubs, reason },
  ) => ({
    canaries: !upgrade_support && staging_hubs.length === 0 ? [] : [{
      cluster_name,
      provider,
      upgrade_support,
      staging_hubs,
      support_reason: upgrade_support ? reason : "",
      staging_reason: staging_hubs.length > 0 ? reason : "",
    }],
    prod: hubs.map((hub_name) => ({ cluster_name, provider, hub_name, reason })),
  }));

const notice = fc.record({ level: fc.constantFrom("notice", "warning"), message: words }, {
  noNullPrototype: true,
});

/** Plans as `plan` may write them, of a repository that is hostile where it can be. */
export const planValue: fc.Arbitrary<Plan> = fc.record({
  base: commit,
  head: commit,
  clusters: fc.tuple(...["azure.mars", "earth", "lake-west"].map(cluster)),
  notices: fc.array(notice, { maxLength: 2 }),
}).map(({ base, head, clusters, notices }) => ({
  version: 1,
  base,
  head,
  support_and_staging: clusters.flatMap(({ canaries }) => canaries),
  prod: clusters.flatMap(({ prod }) => prod),
  notices,
}));
