import { connect } from "../github/api.ts";
import { COMMENT_MARKER, type CommentOutcome, upsertComment } from "../github/upsert_comment.ts";
import { checkPullRequest } from "../github/pull_request.ts";
import { readArtifact } from "../github/read_artifact.ts";
import { checkRunPage } from "../github/run_page.ts";
import type { Plan } from "../plan/schema.ts";
import { planMarkdown } from "../report/markdown.ts";
import { link } from "../report/markdown_text.ts";
import { isEmptyPlan } from "../report/summary.ts";
import { command } from "./command.ts";
import { COMMON_OPTIONS, STEP_FILES } from "./common.ts";
import { commit, pageUrl, text } from "./schemas.ts";

/** How many characters a comment on GitHub may have; ours are ASCII, so that they are as many bytes. */
const COMMENT_LIMIT = 65_536;

const SAID: Readonly<Record<CommentOutcome, string>> = {
  created: "Created the comment",
  updated: "Updated the comment",
  unchanged: "The comment says it already",
  none: "Nothing is planned and there is no comment, so none is made",
};
/**
 * `hubwright comment`: says on a pull request what merging it would deploy. An empty plan updates a
 * comment that is there and makes none.
 */
export const commentCommand = command({
  name: "comment",
  summary: "Say on a pull request what merging it would deploy (inside the workflow)",
  examples: [["hubwright comment", "in a step that sets the first four variables"]],
  options: COMMON_OPTIONS,
  variables: {
    PLAN_ARTIFACT: {
      help: "The folder that holds the downloaded artifact",
      from: "step",
      schema: text,
    },
    RUN_HEAD_SHA: {
      help: "The head commit of the run that made the plan",
      from: "step",
      schema: commit,
    },
    RUN_URL: { help: "Where people look at that run", from: "step", schema: pageUrl },
    GITHUB_TOKEN: {
      help: "A token that may write comments on pull requests",
      from: "step",
      schema: text,
    },
    GITHUB_REPOSITORY: { help: "owner/name", from: "runner", schema: text },
    GITHUB_API_URL: { help: "Where GitHub's API is", from: "runner", schema: text },
    GITHUB_ACTIONS: STEP_FILES.GITHUB_ACTIONS,
  },
  outputs: {},
  access: { read: [{ variable: "PLAN_ARTIFACT" }], write: [], run: [], api: true },
  async run({ variables, io }) {
    const { plan, number } = readArtifact(variables.PLAN_ARTIFACT);
    const github = connect({
      token: variables.GITHUB_TOKEN,
      baseUrl: variables.GITHUB_API_URL,
      repository: variables.GITHUB_REPOSITORY,
      log: (line) => io.err(`${line}\n`),
    });
    const runUrl = checkRunPage(variables.RUN_URL, github.repository);
    await checkPullRequest(github, number, variables.RUN_HEAD_SHA);
    const outcome = await upsertComment(github, number, commentBody(plan, runUrl), {
      createIfAbsent: !isEmptyPlan(plan),
    });
    io.out(`Pull request ${number}: ${SAID[outcome]}.\n`);
    return 0;
  },
});

function commentBody(plan: Plan, runUrl: string): string {
  const start = `${COMMENT_MARKER}\n`;
  const end = `\nMade from ${link("this run", runUrl)}.\n`;
  const limit = COMMENT_LIMIT - start.length - end.length;
  return `${start}${planMarkdown(plan, { limit, runUrl, event: "pull_request" })}${end}`;
}
