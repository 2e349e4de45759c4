import assert from "node:assert/strict";
import { writeComment } from "../../src/github/write_comment.ts";
import { COMMENT_MARKER } from "../../src/github/comment_marker.ts";
import { fakeWithPullRequest } from "./calls.ts";
import { connectTo } from "./connected.ts";
import { ACTIONS_BOT, FakeGitHub, type FakeUser, TOKEN } from "./fake_github.ts";
import { errorFault } from "./fault.ts";

Deno.test.sanitizer({ ops: true, resources: true });

const BODY = `${COMMENT_MARKER}\nOne hub`;
const OLD_BODY = `${COMMENT_MARKER}\nTwo hubs`;
const always = () => BODY;
const update = (old: string | undefined) => old === undefined ? undefined : BODY;
const COMMENTS = "/repos/octo/infrastructure/issues/comments";
const NEW = "POST /repos/octo/infrastructure/issues/7/comments";
const BAD_GATEWAY = errorFault(502);

interface Case {
  readonly before?: readonly string[];
  readonly arrange?: (fake: FakeGitHub) => void;
  readonly write?: (old: string | undefined) => string | undefined;
  readonly outcome: string;
  readonly after?: readonly string[];
  readonly writes: readonly string[];
}

const [PATCH, DELETE] = [`PATCH ${COMMENTS}/1001`, `DELETE ${COMMENTS}/1002`] as const;

/** What a pull request says before, and the outcome, the bodies and the calls that write. */
const CASES: Readonly<Record<string, Case>> = {
  "creates a comment where there is none": { outcome: "created", writes: [NEW] },
  "creates none where none is wanted": { write: update, outcome: "none", after: [], writes: [] },
  "updates a comment even where none would be created": {
    before: [OLD_BODY],
    write: update,
    outcome: "updated",
    writes: [PATCH],
  },
  "writes nothing where the comment says it already": {
    before: [BODY],
    outcome: "unchanged",
    writes: [],
  },
  "gives what the comment says to whoever writes it, and leaves it where nothing is written": {
    before: [OLD_BODY, OLD_BODY],
    write: (old) => void assert.equal(old, OLD_BODY),
    outcome: "unchanged",
    after: [OLD_BODY],
    writes: [DELETE],
  },
  "updates the oldest of two comments and deletes the other": {
    before: [OLD_BODY, BODY],
    outcome: "updated",
    writes: [PATCH, DELETE],
  },
  "deletes the newer of two comments where the older says it already": {
    before: [BODY, OLD_BODY],
    outcome: "unchanged",
    writes: [DELETE],
  },
  "gives way to an older comment of a run that was faster": {
    arrange: (fake) => fake.before("POST", () => fake.addComment(7, OLD_BODY)),
    outcome: "updated",
    writes: [NEW, PATCH, DELETE],
  },
  "leaves one comment where a creation succeeded but looked failed": {
    arrange: (fake) => fake.fail({ method: "POST", fault: BAD_GATEWAY, applied: true }),
    outcome: "created",
    writes: [NEW, NEW, DELETE],
  },
  "accepts that a duplicate comment is gone already": {
    before: [BODY, BODY],
    arrange: (fake) => fake.fail({ method: "DELETE", fault: BAD_GATEWAY, applied: true }),
    outcome: "unchanged",
    writes: [DELETE, DELETE],
  },
};

for (
  const [what, { before = [], arrange, write, outcome, after, writes }] of Object.entries(CASES)
) {
  Deno.test(`writeComment() ${what}`, async () => {
    await using fake = fakeWithPullRequest();
    for (const body of before) fake.addComment(7, body);
    arrange?.(fake);
    assert.equal(await writeComment(connectTo(fake).github, 7, write ?? always), outcome);
    assert.deepEqual(fake.comments.map(({ body }) => body), after ?? [BODY]);
    assert.deepEqual(fake.writes(), writes);
    if (fake.comments.length > 0) assert.equal(fake.comments[0]?.id, 1001);
  });
}

Deno.test("writeComment() finds a comment behind the first page", async () => {
  await using fake = fakeWithPullRequest();
  for (let count = 0; count < 230; count++) {
    fake.addComment(7, "Discussion", { login: "octocat", type: "User" });
  }
  const { id } = fake.addComment(7, OLD_BODY);
  assert.equal(await writeComment(connectTo(fake).github, 7, always), "updated");
  assert.equal(fake.comments.find((comment) => comment.id === id)?.body, BODY);
  assert.equal(fake.comments.length, 231);
  assert.equal(fake.requests.filter(({ method }) => method === "GET").length, 3);
});

const FOREIGN: readonly (readonly [whose: string, user?: FakeUser | null, body?: string])[] = [
  ["a comment on another pull request"],
  ["a person's comment", { login: "octocat", type: "User" }],
  ["a deleted user's comment", null],
  ["another bot's comment", { login: "renovate[bot]", type: "Bot" }],
  ["a comment of a person with the bot's name", { login: "github-actions[bot]", type: "User" }],
  ["the bot's comment without the marker", ACTIONS_BOT, "Lint passed"],
  ["the bot's comment that quotes the marker", ACTIONS_BOT, `> ${OLD_BODY}`],
];

for (const [whose, user, body = OLD_BODY] of FOREIGN) {
  Deno.test(`writeComment() leaves ${whose} alone`, async () => {
    await using fake = fakeWithPullRequest();
    fake.addPullRequest({ number: 8 });
    fake.addComment(user === undefined ? 8 : 7, body, user);
    assert.equal(await writeComment(connectTo(fake).github, 7, always), "created");
    assert.deepEqual(fake.comments.map(({ body }) => body), [body, BODY]);
  });
}

const LONG = COMMENT_MARKER + "x".repeat(65_537 - COMMENT_MARKER.length);
const PERMISSION =
  '"pull-requests: write" under "permissions", or a token of your own that permission';

/** Ways in which it fails, and what is said. */
type Failure = readonly [arrange: (fake: FakeGitHub) => void, message: string, body?: string];

const FAILURES: readonly Failure[] = [
  [
    (fake) => {
      fake.addComment(7, BODY);
      fake.addComment(7, BODY);
      fake.fail({ method: "DELETE", fault: errorFault(403, "Locked") });
    },
    "Cannot delete a duplicate comment on pull request 7: GitHub answered 403 (Locked); fix " +
    `what GitHub names, and check that the job has ${PERMISSION}`,
  ],
  [
    (fake) => fake.tokens.set(TOKEN, new Set(["pull-requests: read"])),
    "Cannot write the comment on pull request 7: GitHub answered 403 (Resource not accessible " +
    `by integration); give the job ${PERMISSION}`,
  ],
  [
    (fake) => fake.pullRequests.clear(),
    "Cannot read the comments of pull request 7: GitHub answered 404 (Not Found); either pull " +
    "request 7 is gone or the token cannot see it: check that it exists and that the job has " +
    PERMISSION,
  ],
  [
    () => {},
    "Cannot write the comment on pull request 7: GitHub answered 422 (Validation Failed: Body " +
    "is too long (maximum is 65536 characters)); expected a body of 1 to 65,536 characters",
    LONG,
  ],
];

for (const [arrange, message, body = BODY] of FAILURES) {
  Deno.test(`writeComment() says: ${message}`, async () => {
    await using fake = fakeWithPullRequest();
    arrange(fake);
    const { github } = connectTo(fake);
    await assert.rejects(writeComment(github, 7, () => body), { name: "UserError", message });
  });
}

Deno.test("writeComment() writes a body that is as long as it may be", async () => {
  await using fake = fakeWithPullRequest();
  assert.equal(await writeComment(connectTo(fake).github, 7, () => LONG.slice(0, -1)), "created");
});
