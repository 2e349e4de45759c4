import * as z from "../zod.ts";
import { COMMENT_MARKER } from "./comment_marker.ts";
import type { GitHub } from "./api.ts";

/** Who writes the comment: the user behind every workflow's own token. */
const AUTHOR = { login: "github-actions[bot]", type: "Bot" };

/** What became of the comment; `none` where there is none and none was wanted. */
export type CommentOutcome = "created" | "updated" | "unchanged" | "none";

const CommentId = z.object({ id: z.int() });
const AnyComment = z.extend(CommentId, {
  body: z.nullish(z.string()),
  user: z.nullish(z.object({ login: z.string(), type: z.string() })),
});

/**
 * Makes the one comment of a pull request that begins with a marker say
 * something: what `write` makes of what it says already, or of nothing where there is none yet.
 * Where that is `undefined`, nothing is written.
 *
 * Where there are several, because two runs were here at once or GitHub kept a comment whose
 * creation it reported as failed, the oldest one stays and the others are deleted.
 */
export async function writeComment(
  github: GitHub,
  pullRequest: number,
  write: (old: string | undefined) => string | undefined,
  marker: string = COMMENT_MARKER,
): Promise<CommentOutcome> {
  const subject = `pull request ${pullRequest}`;
  const call = {
    answer: CommentId,
    failing: `Cannot write the comment on ${subject}`,
    subject,
    permission: "pull-requests: write",
    accepted: "a body of 1 to 65,536 characters",
  };
  const path = `issues/${pullRequest}/comments`;
  const find = async () => {
    const failing = `Cannot read the comments of ${subject}`;
    const all = await github.list({ ...call, path, answer: z.array(AnyComment), failing });
    return all.filter(({ user, body }) =>
      user?.login === AUTHOR.login && user.type === AUTHOR.type && body?.startsWith(marker)
    );
  };

  let comments: readonly Pick<z.infer<typeof AnyComment>, "id" | "body">[] = await find();
  let body: string | undefined;
  const isNew = comments.length === 0;
  if (isNew) {
    body = write(undefined);
    if (body === undefined) return "none";
    const { id } = await github.request({ ...call, method: "POST", path, body: { body } });
    comments = [{ id, body }, ...(await find()).filter((other) => other.id !== id)];
  }
  const oldest = comments.reduce((a, b) => b.id < a.id ? b : a);
  body ??= write(oldest.body ?? "") ?? oldest.body ?? "";
  if (oldest.body !== body) {
    const path = `issues/comments/${oldest.id}`;
    await github.request({ ...call, method: "PATCH", path, body: { body } });
  }
  for (const { id } of comments.filter((comment) => comment !== oldest)) {
    const path = `issues/comments/${id}`;
    const failing = `Cannot delete a duplicate comment on ${subject}`;
    await github.remove({ ...call, method: "DELETE", path, failing });
  }
  return oldest.body !== body ? "updated" : isNew ? "created" : "unchanged";
}
