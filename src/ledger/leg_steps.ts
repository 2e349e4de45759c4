/** The name of the prod hubs' job; behind it, GitHub names the leg. */
export const PROD_JOB = "Prod hub";

/** The name of the job that deploys a cluster, by a workflow that it calls. */
export const CLUSTER_JOB = "Cluster";

/** The name of the job that writes the record. */
export const REPORT_JOB = "Report the deployment";

/** The names of the steps that upgrade releases, as the workflow gives them and GitHub lists them. */
export const LEG_STEPS = {
  upgradeSupport: "Upgrade the support chart",
  upgradeAddon: (number: number) => `Upgrade add-on ${number}`,
  upgradeStagingHub: (number: number) => `Upgrade staging hub ${number}`,
  checkStagingHub: (number: number) => `Check staging hub ${number}`,
  upgradeHub: "Upgrade the hub",
  checkHub: "Check the hub",
} as const;
