import { UserError } from "../errors.ts";
import { laterRun, TO_MAKE_UP } from "../github/later_run.ts";
import { readRecord } from "../ledger/deployments.ts";
import { apiVariables, connectApi } from "./api_access.ts";
import { command } from "./command.ts";
import { count, ledgerJson, text } from "./schemas.ts";
import { fromRunner, fromStep } from "./variables.ts";

/**
 * `hubwright guard`: stops a leg that is run again after a later run has deployed, before it touches
 * its cluster: it would put an older commit over a newer one.
 */
export const guardCommand = command({
  name: "guard",
  summary:
    "Stop a re-run leg that would put an older commit over a newer one (inside the workflow)",
  examples: [["hubwright guard", "in a re-run leg, in a step that sets the first two"]],
  options: {},
  variables: {
    LEDGER: fromStep(ledgerJson, "What the plan says of the ledger, as JSON"),
    ...apiVariables(text, "A token that may read deployments and runs"),
    GITHUB_RUN_ID: fromRunner(count, "The run"),
  },
  access: { api: true },
  async run({ variables, io }) {
    const { LEDGER: { environment, head, as_of }, GITHUB_RUN_ID: run } = variables;
    const github = connectApi(variables, io);
    const [stored, later] = await Promise.all([
      readRecord(github, { environment }),
      laterRun(github, run),
    ]);
    const recorded = stored?.record.as_of ?? as_of;
    if (later === undefined && [head, as_of].includes(recorded)) {
      io.out("No later run has deployed: this one may go on.\n");
      return 0;
    }
    const what = later === undefined
      ? `the record is about ${recorded.slice(0, 12)} by now`
      : `run ${later} may have deployed since`;
    const commit = head.slice(0, 12);
    throw new UserError(
      `Cannot deploy ${commit} again: ${what}, and this would go back; ${TO_MAKE_UP}`,
    );
  },
});
