/** What `filter` reads where one prod hub is planned and its cluster has no canary leg. */
export const FILTER_VARIABLES = {
  PROD_HUB_MATRIX_JOBS: JSON.stringify([
    { cluster_name: "cluster-0", provider: "gcp", hub_name: "hub-1" },
  ]),
  CANARY_CLUSTERS: "[]",
  CANARY_RESULT: "skipped",
  CANARY_OUTPUTS: "{}",
  GITHUB_RUN_ID: "1",
  GITHUB_RUN_ATTEMPT: "1",
} as const;
