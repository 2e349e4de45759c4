import { UserError } from "../errors.ts";
import { formatAnnotation } from "../github/annotation.ts";
import type { GitHub } from "../github/api.ts";
import { planMarker } from "../github/comment_marker.ts";
import { type CommentOutcome, writeComment } from "../github/write_comment.ts";
import { readPullRequest, whySuperseded } from "../github/pull_request.ts";
import { readArtifact } from "../github/read_artifact.ts";
import { checkRunPage } from "../github/run_page.ts";
import { isWorkflow, printProblems } from "../io/problems.ts";
import { readRecord } from "../ledger/deployments.ts";
import { commentBody } from "../report/comment_body.ts";
import { owedMarkdown } from "../report/owed_section.ts";
import { isEmptyPlan } from "../report/summary.ts";
import { apiVariables, connectApi } from "./api_access.ts";
import { command } from "./command.ts";
import { commit, optionalText, pageUrl, text } from "./schemas.ts";
import { fromStep, fromStepIfWanted } from "./variables.ts";

const SAID: Readonly<Record<CommentOutcome, string>> = {
  created: "Created the comment",
  updated: "Updated the comment",
  unchanged: "The comment says it already",
  none: "Nothing is planned and there is no comment, so none is made",
};

/**
 * `hubwright comment`: says on a pull request what merging it would deploy. An empty plan updates a
 * comment that is there and makes none. Where the pull request is closed or has moved on, a later
 * run writes the comment, or none does.
 */
export const commentCommand = command({
  name: "comment",
  summary: "Say on a pull request what merging it would deploy (inside the workflow)",
  examples: [["hubwright comment", "in a step that sets the first four variables"]],
  options: {},
  variables: {
    PLAN_ARTIFACT: fromStep(text, "The folder that holds the downloaded artifact"),
    RUN_HEAD_SHA: fromStep(commit, "The head commit of the run that made the plan"),
    RUN_URL: fromStep(pageUrl, "Where people look at that run"),
    FOLLOWED: fromStepIfWanted(
      optionalText,
      "The name of the run's workflow, where it is not the one that deploys",
    ),
    LEDGER_ENVIRONMENT: fromStepIfWanted(
      optionalText,
      "The environment of the deployments that hold the record, where there is a ledger",
    ),
    ...apiVariables(text, "A token that may write comments, and read deployments"),
  },
  access: { read: ["$PLAN_ARTIFACT"], api: true },
  async run({ variables, io }) {
    const { FOLLOWED: followed, LEDGER_ENVIRONMENT: environment } = variables;
    const { plan, number } = readArtifact(variables.PLAN_ARTIFACT, followed !== undefined);
    const github = connectApi(variables, io);
    const runUrl = checkRunPage(variables.RUN_URL, github.repository);
    const pullRequest = await readPullRequest(github, number);
    const why = whySuperseded(pullRequest, variables.RUN_HEAD_SHA);
    if (why !== undefined) {
      const line = `Pull request ${number} gets no comment from this run: ${why}`;
      io.out(`${isWorkflow(io) ? formatAnnotation({ message: line }, "notice") : line}\n`);
      return 0;
    }
    // What is owed is about deployments alone.
    const { owed, unread } = await readOwed(github, followed ? undefined : environment, runUrl);
    const marker = planMarker(followed);
    const body = commentBody(plan, pullRequest, runUrl, { owed, marker });
    const isEmpty = isEmptyPlan(plan) && owed === "";
    const write = (old?: string) => old === undefined && isEmpty ? undefined : body;
    const outcome = await writeComment(github, number, write, marker);
    io.out(`Pull request ${number}: ${SAID[outcome]}.\n`);
    if (unread === undefined) return 0;
    printProblems(unread.problems, io);
    return 1;
  },
});

/** What is owed, in Markdown; where it cannot be read, the comment says so. */
async function readOwed(
  github: GitHub,
  environment: string | undefined,
  runUrl: string,
): Promise<{ readonly owed: string; readonly unread?: UserError }> {
  if (environment === undefined) return { owed: "" };
  try {
    const stored = await readRecord(github, { environment });
    return { owed: owedMarkdown(stored?.record.owed ?? [], runUrl) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const owed = "\n> [!WARNING]\n> What earlier runs owe could not be read, and is not listed.\n";
    return { owed, unread: error };
  }
}
