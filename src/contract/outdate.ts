import { writeComment } from "../github/write_comment.ts";
import { readPullRequest } from "../github/pull_request.ts";
import { outdatedBody } from "../report/comment_body.ts";
import { apiVariables, connectApi } from "./api_access.ts";
import { command } from "./command.ts";
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
  options: {},
  variables: {
    PULL_REQUEST: { help: "The pull request's number", from: "step", schema: count },
    ...apiVariables(text, "A token that may write comments on pull requests"),
    GITHUB_SERVER_URL: { help: "Where GitHub's pages are", from: "runner", schema: pageUrl },
  },
  access: { api: true },
  async run({ variables: { PULL_REQUEST: number, ...variables }, io }) {
    const github = connectApi(variables, io);
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
