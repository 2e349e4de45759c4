import assert from "node:assert/strict";
import { COMMENT_MARKER } from "../../src/github/comment_marker.ts";
import { commentBody, outdatedBody } from "../../src/report/comment_body.ts";
import { EXAMPLE } from "./arbitraries.ts";

const REPOSITORY = "https://github.com/octo/infrastructure";
const RUN_URL = `${REPOSITORY}/actions/runs/456`;
const [A, B] = ["a".repeat(40), "b".repeat(40)] as const;
const STATE = { headSha: A, baseRef: "main" };
const BODY = commentBody(EXAMPLE, STATE, RUN_URL);

const linkTo = (sha: string) => `[${sha.slice(0, 7)}](${REPOSITORY}/commit/${sha})`;

Deno.test("commentBody() says for which commit, by whose code and in which run the plan was made", () => {
  assert.ok(BODY.startsWith(`${COMMENT_MARKER}\n<!-- ${A} main -->\n## Deployment plan\n`));
  assert.ok(BODY.endsWith(
    `\n\nPlanned for ${linkTo(A)} in [this run](${RUN_URL}), by the code and the config of the ` +
      "pull request itself.\n",
  ));
});

Deno.test("outdatedBody() leaves a comment alone that is for the pull request as it is", () => {
  assert.equal(outdatedBody(BODY, STATE, REPOSITORY), undefined);
});

/** How a pull request moves on, and what the warning says. */
const MOVES: readonly (readonly [state: typeof STATE, says: string])[] = [
  [{ ...STATE, headSha: B }, `${linkTo(A)}, and the pull request is at ${linkTo(B)} now`],
  [{ ...STATE, baseRef: "next" }, `${linkTo(A)}, and the pull request goes to another branch now`],
  [{ headSha: B, baseRef: "next" }, `${linkTo(A)}, and the pull request is at ${linkTo(B)} now`],
];

for (const [state, says] of MOVES) {
  Deno.test(`outdatedBody() says: ${says}`, () => {
    const body = outdatedBody(BODY, state, REPOSITORY) ?? "";
    const start = `${COMMENT_MARKER}\n<!-- ${A} main -->\n`;
    assert.equal(
      body,
      `${start}> [!WARNING]\n> This plan is out of date: it was made for ${says}. If a run plans ` +
        `that, its plan replaces this one.\n\n${BODY.slice(start.length)}`,
    );
    assert.equal(outdatedBody(body, state, REPOSITORY), body, "it says so once");
    const back = outdatedBody(body, { headSha: "c".repeat(40), baseRef: "main" }, REPOSITORY) ?? "";
    assert.equal(back.split("[!WARNING]").length, 2);
    assert.ok(back.includes("is at [ccccccc]"));
  });
}

Deno.test("outdatedBody() marks a comment that does not say what it was made for", () => {
  const body = outdatedBody(`${COMMENT_MARKER}\n## Deployment plan\n`, STATE, REPOSITORY) ?? "";
  assert.match(body, /^<!-- deployment-plan -->\n> \[!WARNING\]\n> .* for an earlier commit, and/);
  assert.ok(body.endsWith("\n\n## Deployment plan\n"));
});

Deno.test("commentBody() and outdatedBody() keep a branch's name from ending what hides it", () => {
  const baseRef = "-->\u{1f600}<b>";
  const body = commentBody(EXAMPLE, { headSha: A, baseRef }, RUN_URL);
  const [, hidden = ""] = body.split("\n");
  assert.match(hidden, /^<!-- a{40} [\w%-]+ -->$/);
  assert.equal(hidden.indexOf("-->"), hidden.length - 3);
  assert.equal(outdatedBody(body, { headSha: A, baseRef }, REPOSITORY), undefined);
});

Deno.test("commentBody() leaves room for the warning", () => {
  const row = EXAMPLE.prod[0];
  assert.ok(row !== undefined);
  const reason = "|".repeat(2_000);
  const plan = { ...EXAMPLE, prod: Array(256).fill({ ...row, reason }) };
  const sha256 = "a".repeat(64);
  const url = `https://${"x".repeat(300)}/octo/infrastructure`;
  const body = commentBody(plan, { headSha: sha256, baseRef: "main" }, `${url}/actions/runs/1`);
  assert.ok(body.length > 10_000);
  const outdated = outdatedBody(body, { headSha: "b".repeat(64), baseRef: "main" }, url) ?? "";
  assert.ok(outdated.length <= 65_536);
});
