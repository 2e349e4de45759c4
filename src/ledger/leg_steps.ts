import type { Phase } from "./ledger_output.ts";

/** The name of the prod hubs' job; behind it, GitHub names the leg. */
export const PROD_JOB = "Prod hub";

/** The names of the steps that upgrade releases, as the workflow gives them and GitHub lists them. */
export const LEG_STEPS = {
  upgradeSupport: "Upgrade the support chart",
  upgradeStagingHub: (number: number) => `Upgrade staging hub ${number}`,
  checkStagingHub: (number: number) => `Check staging hub ${number}`,
  upgradeHub: "Upgrade the hub",
  checkHub: "Check the hub",
} as const;

/** The names of the steps that have to succeed; staging hubs are numbered from 1 in their leg. */
export function stepsOf(phase: Phase, number: number): readonly string[] {
  return {
    support: [LEG_STEPS.upgradeSupport],
    staging: [LEG_STEPS.upgradeStagingHub(number), LEG_STEPS.checkStagingHub(number)],
    prod: [LEG_STEPS.upgradeHub, LEG_STEPS.checkHub],
  }[phase];
}
