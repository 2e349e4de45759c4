import * as z from "../zod.ts";
import { UserError } from "../errors.ts";
import { visible } from "../text/visible.ts";
import type { GitHub } from "./api.ts";

const Answer = z.object({
  number: z.int(),
  state: z.string(),
  head: z.object({ sha: z.string().check(z.regex(/^[0-9a-f]{40,64}$/, "expected a hash")) }),
  base: z.object({ ref: z.string(), repo: z.object({ full_name: z.string() }) }),
});

export interface PullRequest {
  readonly isOpen: boolean;
  readonly headSha: string;
  readonly baseRef: string;
}

export async function readPullRequest(github: GitHub, number: number): Promise<PullRequest> {
  const subject = `pull request ${number}`;
  const failing = `Cannot read ${subject}`;
  const { state, head, base, ...answered } = await github.request({
    path: `pulls/${number}`,
    answer: Answer,
    failing,
    subject,
    permission: "pull-requests: read",
  });
  if (answered.number !== number || base.repo.full_name !== github.repository) {
    throw new UserError(
      `${failing}: expected an answer about it and ${github.repository}, found one about ` +
        `${answered.number} and ${visible(base.repo.full_name)}; rerun the job`,
    );
  }
  return { isOpen: state === "open", headSha: head.sha, baseRef: base.ref };
}

/**
 * Why a plan is not for a pull request as it is now. The pull request's number comes from code that
 * a fork controls: it is believed only if the pull request's head is the commit of the run.
 */
export function whySuperseded(
  { isOpen, headSha }: PullRequest,
  plannedSha: string,
): string | undefined {
  if (!isOpen) return "it is closed";
  return headSha === plannedSha
    ? undefined
    : `its head is ${headSha}, and the plan was made for ${plannedSha}`;
}
