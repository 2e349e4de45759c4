import * as z from "../zod.ts";
import { visible } from "../text/visible.ts";
import type { GitHub } from "./api.ts";

/** A pull request as far as its labels go. */
const PullRequest = z.object({
  merged_at: z.nullish(z.string()),
  merge_commit_sha: z.nullish(z.string()),
  base: z.object({ ref: z.string(), repo: z.object({ full_name: z.string() }) }),
  labels: z.array(z.object({ name: z.string() })),
});

/**
 * Reads the labels of the pull request that brought a commit to the default branch. Where GitHub
 * knows several, the one whose merge made the commit decides; where it knows none of that kind, all
 * of them do.
 *
 * @throws {UserError} If GitHub does not say.
 */
export async function labelsOfMergedPullRequest(
  github: GitHub,
  sha: string,
  defaultBranch: string,
): Promise<string[]> {
  const commit = `commit ${visible(sha)}`;
  const pullRequests = await github.list({
    path: `commits/${encodeURIComponent(sha)}/pulls`,
    answer: z.array(PullRequest),
    failing: `Cannot read the labels of the pull request behind ${commit}`,
    subject: commit,
    permission: "pull-requests: read",
    accepted: `a commit that was pushed to ${github.repository}`,
  });
  const merged = pullRequests.filter(({ merged_at, base }) =>
    typeof merged_at === "string" && base.ref === defaultBranch &&
    base.repo.full_name === github.repository
  );
  const exact = merged.filter(({ merge_commit_sha }) => merge_commit_sha === sha);
  const deciding = exact.length > 0 ? exact : merged;
  return [...new Set(deciding.flatMap(({ labels }) => labels.map(({ name }) => name)))].sort();
}
