import { commentCommand } from "../contract/comment.ts";
import { filterCommand } from "../contract/filter.ts";
import { guardCommand } from "../contract/guard.ts";
import { outdateCommand } from "../contract/outdate.ts";
import { planCommand } from "../contract/plan.ts";
import { reportCommand } from "../contract/report.ts";
import { taskCommand } from "../contract/task.ts";
import type { Commands } from "./run.ts";

/** The commands that workflows call: the entry holds these alone. */
export const WORKFLOW_COMMANDS = {
  plan: () => planCommand,
  filter: () => filterCommand,
  comment: () => commentCommand,
  outdate: () => outdateCommand,
  report: () => reportCommand,
  guard: () => guardCommand,
  task: () => taskCommand,
} satisfies Commands;
