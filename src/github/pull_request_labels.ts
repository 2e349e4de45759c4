import * as z from "../zod.ts";
import { UserError } from "../errors.ts";
import { visible } from "../text/visible.ts";
import type { GitHub } from "./api.ts";

/** A pull request as far as its labels go. */
const PullRequest = z.object({
  number: z.int(),
  state: z.string(),
  merged_at: z.nullish(z.string()),
  merge_commit_sha: z.nullish(z.string()),
  base: z.object({ ref: z.string(), repo: z.object({ full_name: z.string() }) }),
  labels: z.array(z.object({ name: z.string() })),
});

/** The number of the pull request in the message of a commit that a merge made. */
const NAMED = /^Merge pull request #(\d+) from |\(#(\d+)\)$/;

/** How many seconds GitHub gets to learn of a merge, try by try, where a commit looks like one. */
const WAITS = [2, 5, 10];

/** A commit that was pushed to the default branch. */
export interface PushedCommit {
  readonly sha: string;
  /** The first line of its message. */
  readonly subject: string;
  readonly defaultBranch: string;
  /** Whether it was pushed long ago: GitHub knows all about it then. */
  readonly old?: boolean;
}

/**
 * Reads the labels of the pull request that brought a commit to the default branch. Where GitHub
 * knows several, the one whose merge made the commit decides; where it knows none of that kind, all
 * of them do.
 *
 * A commit behind which GitHub knows no pull request was pushed without one, and has no labels. It
 * may also be that GitHub does not know it yet: it is asked again, and where the commit's message
 * names a pull request that is still open, nothing is planned that a label may hold back.
 */
export async function labelsOfMergedPullRequest(
  github: GitHub,
  { sha, subject, defaultBranch, old = false }: PushedCommit,
): Promise<string[]> {
  const call = callAbout(github, sha, "the labels of the pull request");
  const find = async () => {
    const merged = (await mergedWith(github, sha, call))
      .filter(({ base }) => base.ref === defaultBranch);
    const exact = merged.filter(({ merge_commit_sha }) => merge_commit_sha === sha);
    return exact.length > 0 ? exact : merged;
  };

  const number = NAMED.exec(subject)?.slice(1).find(Boolean);
  let found = await find();
  for (const seconds of old ? [] : number === undefined ? WAITS.slice(0, 1) : WAITS) {
    if (found.length > 0) break;
    await github.wait(seconds * 1_000);
    found = await find();
  }
  if (found.length === 0 && number !== undefined) {
    const named = await github.find({ ...call, path: `pulls/${number}`, answer: PullRequest });
    if (named?.merge_commit_sha === sha) found = [named];
    else if (named?.state === "open") {
      throw new UserError(
        `${call.failing}: its message names pull request ${number}, which GitHub says is open; ` +
          "rerun the job when GitHub says that it is merged, or close it where this commit takes " +
          "its place",
      );
    }
  }
  return [...new Set(found.flatMap(({ labels }) => labels.map(({ name }) => name)))].sort();
}

/** The number of the pull request whose merge made a commit; `undefined` where none did. */
export async function mergedPullRequest(
  github: GitHub,
  sha: string,
): Promise<number | undefined> {
  const merged = await mergedWith(github, sha, callAbout(github, sha, "the pull request"));
  return merged.find(({ merge_commit_sha }) => merge_commit_sha === sha)?.number;
}

/** The merged pull requests of this repository that GitHub knows behind a commit. */
async function mergedWith(
  github: GitHub,
  sha: string,
  call: ReturnType<typeof callAbout>,
): Promise<z.infer<typeof PullRequest>[]> {
  const path = `commits/${encodeURIComponent(sha)}/pulls`;
  const all = await github.list({ ...call, path, answer: z.array(PullRequest) });
  return all.filter(({ merged_at, base }) =>
    typeof merged_at === "string" && base.repo.full_name === github.repository
  );
}

function callAbout(github: GitHub, sha: string, what: string) {
  return {
    failing: `Cannot read ${what} behind commit ${visible(sha)}`,
    subject: `commit ${visible(sha)}`,
    permission: "pull-requests: read",
    accepted: `a commit that was pushed to ${github.repository}`,
  };
}
