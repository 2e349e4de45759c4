import { connect } from "../github/api.ts";
import { writeComment } from "../github/write_comment.ts";
import { readPullRequest } from "../github/pull_request.ts";
import { outdatedBody } from "../report/comment_body.ts";
import { command } from "./command.ts";
import { COMMON_OPTIONS, STEP_FILES } from "./common.ts";
import { count, pageUrl, text } from "./schemas.ts";

/**
 * `hubwright outdate`: marks the comment with the plan of a pull request as out of date, where the
 * pull request has moved on. No run may plan what it is at now: where a commit says [skip ci], or
 * where nothing that is planned for has changed any more.
 */
export const outdateCommand = command({
  name: "outdate",
  summary: "Mark the comment of a pull request that has moved on (inside the workflow)",
  examples: [["hubwright outdate", "in a step that sets the first two variables"]],
  options: COMMON_OPTIONS,
  variables: {
    PULL_REQUEST: { help: "The pull request's number", from: "step", schema: count },
    GITHUB_TOKEN: {
      help: "A token that may write comments on pull requests",
      from: "step",
      schema: text,
    },
    GITHUB_REPOSITORY: { help: "owner/name", from: "runner", schema: text },
    GITHUB_API_URL: { help: "Where GitHub's API is", from: "runner", schema: text },
    GITHUB_SERVER_URL: { help: "Where GitHub's pages are", from: "runner", schema: pageUrl },
    GITHUB_ACTIONS: STEP_FILES.GITHUB_ACTIONS,
  },
  outputs: {},
  access: { read: [], write: [], run: [], api: true },
  async run({ variables, io }) {
    const number = variables.PULL_REQUEST;
    const github = connect({
      token: variables.GITHUB_TOKEN,
      baseUrl: variables.GITHUB_API_URL,
      repository: variables.GITHUB_REPOSITORY,
      log: (line) => io.err(`${line}\n`),
    });
    const pullRequest = await readPullRequest(github, number);
    const repository = `${variables.GITHUB_SERVER_URL}/${github.repository}`;
    const outcome = await writeComment(
      github,
      number,
      (old) => old === undefined ? undefined : outdatedBody(old, pullRequest, repository),
    );
    const said = outcome === "updated"
      ? "Marked the comment as out of date"
      : "No comment is out of date";
    io.out(`Pull request ${number}: ${said}.\n`);
    return 0;
  },
});
