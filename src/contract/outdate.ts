import { planMarker } from "../github/comment_marker.ts";
import { type CommentOutcome, writeComment } from "../github/write_comment.ts";
import { readPullRequest } from "../github/pull_request.ts";
import { outdatedBody } from "../report/comment_body.ts";
import { apiVariables, connectApi } from "./api_access.ts";
import { command } from "./command.ts";
import { count, optionalTexts, pageUrl, text } from "./schemas.ts";
import { fromRunner, fromStep, fromStepIfWanted } from "./variables.ts";

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
    PULL_REQUEST: fromStep(count, "The pull request's number"),
    FOLLOWS: fromStepIfWanted(
      optionalTexts,
      "The names of the other workflows whose plans become comments, a JSON list",
    ),
    ...apiVariables(text, "A token that may write comments on pull requests"),
    GITHUB_SERVER_URL: fromRunner(pageUrl, "Where GitHub's pages are"),
  },
  access: { api: true },
  async run({ variables: { PULL_REQUEST: number, ...variables }, io }) {
    const github = connectApi(variables, io);
    const pullRequest = await readPullRequest(github, number);
    const repository = `${variables.GITHUB_SERVER_URL}/${github.repository}`;
    const outcomes: CommentOutcome[] = [];
    for (const workflow of [undefined, ...variables.FOLLOWS ?? []]) {
      const marker = planMarker(workflow);
      const write = (old?: string) => old && outdatedBody(old, pullRequest, repository, marker);
      outcomes.push(await writeComment(github, number, write, marker));
    }
    const said = outcomes.includes("updated")
      ? "Marked the comment as out of date"
      : "No comment is out of date";
    io.out(`Pull request ${number}: ${said}.\n`);
    return 0;
  },
});
