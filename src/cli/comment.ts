import type { OptionTexts } from "../contract/command.ts";
import { commentCommand } from "../contract/comment.ts";
import { connect } from "../github/api.ts";
import { COMMENT_MARKER, type CommentOutcome, upsertComment } from "../github/comment.ts";
import { checkPullRequest } from "../github/pull_request.ts";
import { readArtifact } from "../github/read_artifact.ts";
import { checkRunPage } from "../github/run_page.ts";
import type { Plan } from "../plan/schema.ts";
import { planMarkdown } from "../report/markdown.ts";
import { link } from "../report/markdown_text.ts";
import { isEmptyPlan } from "../report/summary.ts";
import type { Io } from "./io.ts";
import { readOptions, readVariables } from "./read_values.ts";

/** How many characters a comment on GitHub may have; ours are ASCII, so that they are as many bytes. */
const COMMENT_LIMIT = 65_536;

const SAID: Readonly<Record<CommentOutcome, string>> = {
  created: "Created the comment",
  updated: "Updated the comment",
  unchanged: "The comment says it already",
  none: "Nothing is planned and there is no comment, so none is made",
};

/**
 * `hubwright comment`: says on a pull request what merging it would deploy. An empty plan updates
 * a comment that is there and makes none.
 *
 * @throws {UserError} Where the artifact, the pull request or GitHub is not as it should be; no
 * comment has been written then.
 */
export async function runComment(
  texts: OptionTexts<typeof commentCommand>,
  io: Io,
): Promise<number> {
  readOptions(commentCommand, texts);
  const variables = readVariables(commentCommand, io.env);
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
}

function commentBody(plan: Plan, runUrl: string): string {
  const start = `${COMMENT_MARKER}\n`;
  const end = `\nMade from ${link("this run", runUrl)}.\n`;
  const limit = COMMENT_LIMIT - start.length - end.length;
  return `${start}${planMarkdown(plan, { limit, runUrl })}${end}`;
}
