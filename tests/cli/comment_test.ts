import assert from "node:assert/strict";
import { COMMENT_MARKER } from "../../src/github/comment.ts";
import { TOKEN } from "../github/fake_github.ts";
import { EMPTY, Following, planOf, RUN_URL, said, SHA } from "./following.ts";

Deno.test("comment creates the comment, updates it with each plan, and leaves one that says it already", async () => {
  await using following = await Following.of();
  assert.deepEqual(await following.comment(), said("Created the comment"));
  const [first = ""] = following.bodies;
  assert.ok(first.startsWith(`${COMMENT_MARKER}\n## Deployment plan\n\nMerging this upgrades `));
  assert.match(first, /<code>prod<\/code>/);
  assert.ok(first.endsWith(`\nMade from [this run](${RUN_URL}).\n`));

  assert.deepEqual(await following.comment(), said("The comment says it already"));
  assert.deepEqual(following.bodies, [first]);

  await following.replan(planOf("demo"));
  assert.deepEqual(await following.comment(), said("Updated the comment"));
  assert.equal(following.bodies.length, 1);
  assert.match(following.bodies[0] ?? "", /<code>demo<\/code>/);

  await following.replan(EMPTY);
  assert.deepEqual(await following.comment(), said("Updated the comment"));
  assert.equal(following.bodies.length, 1);
  assert.match(following.bodies[0] ?? "", /Merging this deploys nothing\./);
});

Deno.test("comment makes none for an empty plan", async () => {
  await using following = await Following.of(EMPTY);
  following.github.addComment(7, `${COMMENT_MARKER}\nmine`, { login: "ada", type: "User" });
  assert.deepEqual(
    await following.comment(),
    said("Nothing is planned and there is no comment, so none is made"),
  );
  assert.deepEqual(following.github.writes(), []);
});

/** Ways in which nothing may be written, each with what the message has to say. */
const REFUSED: readonly (readonly [
  when: string,
  arrange: (following: Following) => unknown,
  message: RegExp,
  env?: Readonly<Record<string, string>>,
])[] = [
  [
    "where the pull request's head is another commit",
    ({ github }) => github.addPullRequest({ number: 7, headSha: "b".repeat(40) }),
    /^Cannot comment on pull request 7: expected its head to be a{40}, .* found b{40}/,
  ],
  [
    "on a closed pull request",
    ({ github }) => github.addPullRequest({ number: 7, headSha: SHA, state: "closed" }),
    /^Cannot comment on pull request 7: expected it to be open, found it closed/,
  ],
  [
    "on a pull request that is gone",
    ({ github }) => github.pullRequests.clear(),
    /^Cannot read pull request 7: GitHub answered 404 .* either pull request 7 is gone or/,
  ],
  [
    "on another pull request than the run's",
    async ({ github, artifact }) => {
      github.addPullRequest({ number: 8, headSha: "c".repeat(40) });
      await artifact.write("number", "8\n");
    },
    /^Cannot comment on pull request 8: expected its head to be a{40}/,
  ],
  [
    "on a pull request of another repository",
    ({ github }) =>
      github.addPullRequest({ number: 7, headSha: SHA, baseRepository: "mallory/fork" }),
    /^Cannot comment on pull request 7: expected a pull request to octo\/infrastructure/,
  ],
  [
    "without the permission to read",
    ({ github }) => github.tokens.set(TOKEN, new Set()),
    /403 \(Resource not accessible by integration\); give the job "pull-requests: read"/,
  ],
  [
    "without the permission to write",
    ({ github }) => github.tokens.set(TOKEN, new Set(["pull-requests: read"])),
    /403 \(Resource not accessible by integration\); give the job "pull-requests: write"/,
  ],
  [
    "where GitHub answers about another pull request",
    ({ github }) =>
      github.fail({
        fault: {
          kind: "answer",
          body: JSON.stringify({
            number: 8,
            state: "open",
            head: { sha: SHA },
            base: { repo: { full_name: github.repository } },
          }),
        },
      }),
    /^Cannot comment on pull request 7: expected GitHub to answer about it, found an answer about 8/,
  ],
  [
    "where GitHub answers with a page",
    ({ github }) => github.fail({ fault: { kind: "answer", body: "<html>" }, times: 9 }),
    /^Cannot read pull request 7: GitHub at \S+ gave an unknown answer/,
  ],
  [
    "where the comments are no comments",
    ({ github }) =>
      github.before("GET", () => github.fail({ fault: { kind: "answer", body: "[null,1]" } })),
    /^Cannot read the comments of pull request 7: GitHub at \S+ gave an unknown answer/,
  ],
  ["with a token that is not valid", ({ github }) => github.tokens.clear(), /401/],
  [
    "for an artifact without a plan",
    ({ artifact }) => Deno.remove(artifact.join("plan.json")),
    /^plan\.json: Cannot find it in the artifact/,
  ],
  [
    "for an artifact without a number",
    ({ artifact }) => Deno.remove(artifact.join("number")),
    /^number: Cannot find it in the artifact/,
  ],
  [
    "for an artifact with another file",
    ({ artifact }) => artifact.write("evil\n::error::x", ""),
    /^evil\\n::error::x: Cannot accept it in the artifact: expected only plan\.json and number\n$/,
  ],
  [
    "for an artifact with a folder",
    ({ artifact }) => artifact.write("pr/plan.json", ""),
    /^pr: Cannot accept it in the artifact/,
  ],
  [
    "for a plan that is a link",
    async ({ artifact }) => {
      await Deno.remove(artifact.join("plan.json"));
      await Deno.symlink("/etc/hostname", artifact.join("plan.json"));
    },
    /^plan\.json: Cannot accept it in the artifact: expected an ordinary file/,
  ],
  [
    "for a number that is a folder",
    async ({ artifact }) => {
      await Deno.remove(artifact.join("number"));
      await Deno.mkdir(artifact.join("number"));
    },
    /^number: Cannot accept it in the artifact: expected an ordinary file/,
  ],
  [
    "for a plan that is too large",
    ({ artifact }) => artifact.write("plan.json", " ".repeat(16_000_001)),
    /^plan\.json: Cannot accept it in the artifact: expected at most 16000000 bytes, found more/,
  ],
  [
    "for a number that is too large",
    ({ artifact }) => artifact.write("number", "7".repeat(21)),
    /^number: Cannot accept it in the artifact: expected at most 20 bytes, found more/,
  ],
  [
    "for a number that is none",
    ({ artifact }) => artifact.write("number", "7\n8"),
    /^number: Cannot read it: expected the number of a pull request, found "7\\n8"/,
  ],
  [
    "for a number that is a path",
    ({ artifact }) => artifact.write("number", "7/../8"),
    /^number: Cannot read it: expected the number of a pull request, found "7\/\.\.\/8"/,
  ],
  [
    "for a plan that is no JSON",
    ({ artifact }) => artifact.write("plan.json", "{"),
    /^plan\.json: Cannot read it: expected a plan as JSON/,
  ],
  [
    "for JSON that is no plan",
    ({ artifact }) => artifact.write("plan.json", '{"version":2,"prod":{}}'),
    /^plan\.json: Cannot read "version": expected 1, found the number 2\n.*Cannot read "base"/s,
  ],
  [
    "for a plan with a name that no hub has",
    ({ artifact }) => artifact.write("plan.json", JSON.stringify(planOf("prod", "<img src=x>"))),
    /^plan\.json: Cannot read "prod\[1\]\.hub_name": expected a name of a-z and 0-9/,
  ],
  [
    "for a plan with a hub twice",
    ({ artifact }) => artifact.write("plan.json", JSON.stringify(planOf("prod", "prod"))),
    /^plan\.json: Cannot read "prod\[1\]\.hub_name": expected each release once/,
  ],
  [
    "for a plan that is not UTF-8",
    ({ artifact }) => Deno.writeFile(artifact.join("plan.json"), new Uint8Array([0x7b, 0xff])),
    /^plan\.json: Cannot read it: expected text in UTF-8/,
  ],
  [
    "for a plan with a key of its own",
    ({ artifact }) => artifact.write("plan.json", JSON.stringify({ ...EMPTY, "x\n::y": 1 })),
    /^plan\.json: Cannot read it: found the unknown key "x\\\\?n::y"/,
  ],
  [
    "for a plan with more mistakes than fit a log",
    ({ artifact }) => artifact.write("plan.json", JSON.stringify({ prod: Array(150_000).fill(1) })),
    /^plan\.json: Cannot read /,
  ],
  [
    "where there is no artifact",
    () => {},
    /^\/nowhere: Cannot find the downloaded artifact/,
    { PLAN_ARTIFACT: "/nowhere" },
  ],
  [
    "where the run's commit is none",
    () => {},
    /^Cannot read "RUN_HEAD_SHA": expected the hash of a commit/,
    { RUN_HEAD_SHA: "main" },
  ],
  [
    "where the run's address is none",
    () => {},
    /^Cannot read "RUN_URL": expected the address of a page/,
    { RUN_URL: "javascript:alert(1)" },
  ],
  [
    "where the run's address is another page",
    () => {},
    /^Cannot read "RUN_URL": expected the page of a run of octo\/infrastructure, .*runs\/456\)\[x\]/,
    { RUN_URL: `${RUN_URL})[x](https://evil.example/` },
  ],
  [
    "where the run is one of another repository",
    () => {},
    /^Cannot read "RUN_URL": expected the page of a run of octo\/infrastructure/,
    { RUN_URL: RUN_URL.replace("octo", "mallory") },
  ],
  ["without a token", () => {}, /^Cannot read "GITHUB_TOKEN": /, { GITHUB_TOKEN: "" }],
  [
    "where the repository has no name",
    () => {},
    /^Cannot connect to GitHub: expected a repository as "owner\/name"/,
    { GITHUB_REPOSITORY: "octo" },
  ],
];

for (const [when, arrange, message, env] of REFUSED) {
  Deno.test(`comment writes nothing ${when}`, async () => {
    await using following = await Following.of();
    await arrange(following);
    const { code, out, err } = await following.comment(env);
    assert.deepEqual({ code, out }, { code: 1, out: "" }, err);
    assert.match(err, message);
    assert.equal(err.includes(TOKEN), false);
    assert.deepEqual(following.bodies, []);
  });
}
