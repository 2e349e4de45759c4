import * as z from "../zod.ts";
import { UserError } from "../errors.ts";
import { visible } from "../text/visible.ts";
import type { GitHub } from "./api.ts";

const PullRequest = z.object({
  number: z.int(),
  state: z.string(),
  head: z.object({ sha: z.string() }),
  base: z.object({ repo: z.object({ full_name: z.string() }) }),
});

/**
 * Checks that a pull request is the one that a plan was made for. The number comes from code that a
 * fork controls: it is believed only if the pull request's head is the commit of the run.
 *
 * @throws {UserError} If the pull request is not open, not in this repository or not at this commit.
 */
export async function checkPullRequest(
  github: GitHub,
  number: number,
  headSha: string,
): Promise<void> {
  const { number: answered, state, head, base } = await github.request({
    path: `pulls/${number}`,
    answer: PullRequest,
    failing: `Cannot read pull request ${number}`,
    subject: `pull request ${number}`,
    permission: "pull-requests: read",
  });
  const problems: string[] = [];
  if (answered !== number) {
    problems.push(
      `expected GitHub to answer about it, found an answer about ${answered}; rerun the job`,
    );
  }
  if (state !== "open") {
    problems.push(`expected it to be open, found it ${visible(state)}; reopen it to get a comment`);
  }
  if (base.repo.full_name !== github.repository) {
    problems.push(
      `expected a pull request to ${github.repository}, found one to ` +
        `${visible(base.repo.full_name)}; rerun the workflow that made the plan`,
    );
  }
  if (head.sha !== headSha) {
    problems.push(
      `expected its head to be ${visible(headSha)}, which the plan was made from, found ` +
        `${visible(head.sha)}; the run for that commit writes the comment`,
    );
  }
  if (problems.length === 0) return;
  throw new UserError(
    problems.map((why) => ({ message: `Cannot comment on pull request ${number}: ${why}` })),
  );
}
