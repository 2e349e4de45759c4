import { history, play } from "../../ledger/histories.ts";
import { type Target, target } from "../target.ts";

/** What becomes of a fleet over many pushes; refused are those in which a run would go back. */
export const historiesTarget: Target = target({
  name: "histories of a fleet with a ledger",
  share: 4,
  least: 5_000,
  cases: history,
  open: () => async (history) => (await play(history)).refused > 0 ? "refused" : "accepted",
});
