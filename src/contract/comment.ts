import { formatAnnotation } from "../github/annotation.ts";
import { type CommentOutcome, writeComment } from "../github/write_comment.ts";
import { readPullRequest, whySuperseded } from "../github/pull_request.ts";
import { readArtifact } from "../github/read_artifact.ts";
import { checkRunPage } from "../github/run_page.ts";
import { isWorkflow } from "../io/problems.ts";
import { commentBody } from "../report/comment_body.ts";
import { isEmptyPlan } from "../report/summary.ts";
import { apiVariables, connectApi } from "./api_access.ts";
import { command } from "./command.ts";
import { commit, pageUrl, text } from "./schemas.ts";
import { fromStep } from "./variables.ts";

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
    ...apiVariables(text, "A token that may write comments on pull requests"),
  },
  access: { read: ["$PLAN_ARTIFACT"], api: true },
  async run({ variables, io }) {
    const { plan, number } = readArtifact(variables.PLAN_ARTIFACT);
    const github = connectApi(variables, io);
    const runUrl = checkRunPage(variables.RUN_URL, github.repository);
    const pullRequest = await readPullRequest(github, number);
    const why = whySuperseded(pullRequest, variables.RUN_HEAD_SHA);
    if (why !== undefined) {
      const line = `Pull request ${number} gets no comment from this run: ${why}`;
      io.out(`${isWorkflow(io) ? formatAnnotation({ message: line }, "notice") : line}\n`);
      return 0;
    }
    const body = commentBody(plan, pullRequest, runUrl);
    const write = (old?: string) => old === undefined && isEmptyPlan(plan) ? undefined : body;
    const outcome = await writeComment(github, number, write);
    io.out(`Pull request ${number}: ${SAID[outcome]}.\n`);
    return 0;
  },
});
