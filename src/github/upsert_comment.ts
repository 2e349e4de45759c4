import * as z from "../zod.ts";
import type { GitHub } from "./api.ts";

/** What the comment with the deployment plan begins with, and is known by. */
export const COMMENT_MARKER = "<!-- deployment-plan -->";

/** Who writes the comment: the user behind every workflow's own token. */
const AUTHOR = { login: "github-actions[bot]", type: "Bot" };

/** What became of the comment; `none` where there is none and none was wanted. */
export type CommentOutcome = "created" | "updated" | "unchanged" | "none";

const CommentId = z.object({ id: z.int() });

const AnyComment = z.object({
  ...CommentId.shape,
  body: z.nullish(z.string()),
  user: z.nullish(z.object({ login: z.string(), type: z.string() })),
});

type PlanComment = Pick<z.infer<typeof AnyComment>, "id" | "body">;

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
  { createIfAbsent }: { readonly createIfAbsent: boolean },
): Promise<CommentOutcome> {
  if (!body.startsWith(COMMENT_MARKER)) {
    throw new RangeError(
      `Cannot write the comment: expected a body that begins with "${COMMENT_MARKER}"`,
    );
  }
  const writing = {
    answer: CommentId,
    failing: `Cannot write the comment on pull request ${pullRequest}`,
    subject: `pull request ${pullRequest}`,
    permission: "pull-requests: write",
    accepted: "a body of 1 to 65,536 characters",
  };
  const path = `issues/${pullRequest}/comments`;
  const find = async () => {
    const failing = `Cannot read the comments of pull request ${pullRequest}`;
    const all = await github.list({ ...writing, path, answer: z.array(AnyComment), failing });
    return all.filter(({ user, body }) =>
      user?.login === AUTHOR.login && user.type === AUTHOR.type && body?.startsWith(COMMENT_MARKER)
    );
  };

  let comments: readonly PlanComment[] = await find();
  const isNew = comments.length === 0;
  if (isNew) {
    if (!createIfAbsent) return "none";
    const { id } = await github.request({ ...writing, method: "POST", path, body: { body } });
    comments = [{ id, body }, ...(await find()).filter((other) => other.id !== id)];
  }
  const oldest = comments.reduce((a, b) => b.id < a.id ? b : a);
  if (oldest.body !== body) {
    const path = `issues/comments/${oldest.id}`;
    await github.request({ ...writing, method: "PATCH", path, body: { body } });
  }
  for (const { id } of comments.filter((comment) => comment !== oldest)) {
    const path = `issues/comments/${id}`;
    const failing = `Cannot delete a superfluous comment on pull request ${pullRequest}`;
    await github.remove({ ...writing, method: "DELETE", path, failing });
  }
  return oldest.body !== body ? "updated" : isNew ? "created" : "unchanged";
}
