import * as z from "../zod.ts";
import type { GitHub } from "./api.ts";
import type { Call } from "./call.ts";

/** What the comment with the deployment plan begins with, and is known by. */
export const COMMENT_MARKER = "<!-- deployment-plan -->";

/** Who writes the comment: the user behind every workflow's own token. */
const AUTHOR = { login: "github-actions[bot]", type: "Bot" };

/** What became of the comment; `none` where there is none and none was wanted. */
export type CommentOutcome = "created" | "updated" | "unchanged" | "none";

/** What to do where a pull request has no comment yet. */
export interface UpsertOptions {
  /** Whether to create one. */
  readonly createIfAbsent: boolean;
}

/** A comment that hubwright wrote. */
interface PlanComment {
  readonly id: number;
  readonly body?: string | null | undefined;
}

const CommentId = z.object({ id: z.int() });

const AnyComment = z.object({
  ...CommentId.shape,
  body: z.nullish(z.string()),
  user: z.nullish(z.object({ login: z.string(), type: z.string() })),
});

/**
 * Makes the one comment of a pull request that begins with {@linkcode COMMENT_MARKER} say
 * something. Where there are several, because two runs were here at once or GitHub kept a comment
 * whose creation it reported as failed, the oldest one stays and the others are deleted.
 *
 * @throws {RangeError} If the body does not begin with the marker.
 * @throws {UserError} If GitHub does not accept it.
 */
export async function upsertComment(
  github: GitHub,
  pullRequest: number,
  body: string,
  { createIfAbsent }: UpsertOptions,
): Promise<CommentOutcome> {
  if (!body.startsWith(COMMENT_MARKER)) {
    throw new RangeError(
      `Cannot write the comment: expected a body that begins with "${COMMENT_MARKER}"`,
    );
  }
  const found = await listPlanComments(github, pullRequest);
  if (found.length > 0) return keepOldest(github, pullRequest, found, body);
  if (!createIfAbsent) return "none";
  const { id } = await github.request({
    ...writing(pullRequest),
    route: "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
    parameters: { issue_number: pullRequest, body },
  }, CommentId);
  const others = (await listPlanComments(github, pullRequest)).filter((other) => other.id !== id);
  const outcome = await keepOldest(github, pullRequest, [{ id, body }, ...others], body);
  return outcome === "unchanged" ? "created" : outcome;
}

async function listPlanComments(github: GitHub, pullRequest: number): Promise<PlanComment[]> {
  const comments = await github.list({
    route: "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
    parameters: { issue_number: pullRequest },
    failing: `Cannot read the comments of pull request ${pullRequest}`,
    subject: `pull request ${pullRequest}`,
    permission: "pull-requests: write",
  }, AnyComment);
  return comments.filter(({ user, body }) =>
    user?.login === AUTHOR.login && user.type === AUTHOR.type && body?.startsWith(COMMENT_MARKER)
  );
}

async function keepOldest(
  github: GitHub,
  pullRequest: number,
  comments: readonly PlanComment[],
  body: string,
): Promise<"updated" | "unchanged"> {
  const oldest = comments.reduce((a, b) => b.id < a.id ? b : a);
  const changed = oldest.body !== body;
  if (changed) {
    await github.request({
      ...writing(pullRequest),
      route: "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}",
      parameters: { comment_id: oldest.id, body },
    }, CommentId);
  }
  for (const { id } of comments) {
    if (id === oldest.id) continue;
    await github.remove({
      ...writing(pullRequest),
      route: "DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}",
      parameters: { comment_id: id },
      failing: `Cannot delete a superfluous comment on pull request ${pullRequest}`,
    });
  }
  return changed ? "updated" : "unchanged";
}

function writing(pullRequest: number): Omit<Call, "route" | "parameters"> {
  return {
    failing: `Cannot write the comment on pull request ${pullRequest}`,
    subject: `pull request ${pullRequest}`,
    permission: "pull-requests: write",
    accepted: "a body of 1 to 65,536 characters",
  };
}
