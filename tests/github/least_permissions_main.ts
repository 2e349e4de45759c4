import { connect } from "../../src/github/api.ts";
import { COMMENT_MARKER, upsertComment } from "../../src/github/comment.ts";
import { labelsOfMergedPullRequest } from "../../src/github/labels.ts";

// Everything that talks to GitHub, for a process that may do nothing but that.
const [baseUrl = "", token = "", repository = "", sha = ""] = Deno.args;
const github = connect({ baseUrl, token, repository, log: () => {} });
const labels = await labelsOfMergedPullRequest(github, sha, "main");
const body = `${COMMENT_MARKER}\n${labels.join(" ")}`;
await upsertComment(github, 7, body, { createIfAbsent: true });
