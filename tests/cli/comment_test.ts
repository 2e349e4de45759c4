/**
 * The command from end to end, and that each check is made before anything is written. What each
 * check refuses is tested where the check is.
 */
import assert from "node:assert/strict";
import { COMMENT_MARKER } from "../../src/github/comment_marker.ts";
import type { Plan } from "../../src/plan/schema.ts";
import { TOKEN } from "../github/fake_github.ts";
import { owedUpgrade } from "../ledger/fleets.ts";
import { parseReport, rowsOf } from "../report/parse_report.ts";
import { EMPTY, Following, planOf, RUN_URL, said, SHA } from "./following.ts";

const LONG = Array.from({ length: 256 }, (_, index) => `${"n".repeat(97)}${100 + index}`);
const COMMIT_URL = RUN_URL.replace("actions/runs/456", `commit/${SHA}`);

Deno.test("comment creates the comment, updates it with each plan, and leaves one that says it already", async () => {
  await using following = await Following.of();
  assert.deepEqual(await following.comment(), said("Created the comment"));
  const [first = ""] = following.bodies;
  const start = `${COMMENT_MARKER}\n<!-- ${SHA} main -->\n`;
  assert.ok(first.startsWith(`${start}## Deployment plan\n\nMerging this upgrades `));
  assert.match(first, /<code>prod<\/code>/);
  assert.match(first, /\nPlanned for \[aaaaaaa\]\(\S+\/commit\/a{40}\) in \[this run\]/);

  assert.deepEqual(await following.comment(), said("The comment says it already"));
  assert.deepEqual(following.bodies, [first]);

  for (const [plan, says] of [[planOf("demo"), "<code>demo</code>"], [EMPTY, "deploys nothing."]]) {
    await following.replan(plan as Plan);
    assert.deepEqual(await following.comment(), said("Updated the comment"));
    assert.equal(following.bodies.length, 1);
    assert.ok(following.bodies[0]?.includes(says as string));
  }
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

Deno.test("comment stays below GitHub's limit for a huge plan, and links to the run for the rest", async () => {
  const reason = "\u202e".repeat(2_000);
  await using following = await Following.of({
    ...EMPTY,
    prod: planOf(...LONG).prod.map((row) => ({ ...row, reason })),
    notices: LONG.map(() => ({ level: "warning", message: "x".repeat(150) })),
  });
  assert.deepEqual(await following.comment(), said("Created the comment"));
  const [body = ""] = following.bodies;
  assert.ok(body.length > 50_000 && body.length <= 65_536, String(body.length));
  assert.equal(new TextEncoder().encode(body).length, body.length);
  parseReport(body.slice(body.indexOf("## ")), [RUN_URL, COMMIT_URL]);
  assert.ok(/\d+ more of 256 notices: see \[the run\]/.test(body));
  assert.ok(LONG.every((name) => body.includes(`<code>${name}</code>`)), "names before reasons");
});

Deno.test("comment shows a plan of 1,000 prod hubs on 300 clusters in waves", async () => {
  const names = Array.from({ length: 300 }, (_, index) => `university-${index}-us-west-2`);
  const prod = names.flatMap((cluster_name, index) =>
    Array.from({ length: index < 100 ? 4 : 3 }, (_, hub) => (
      { cluster_name, provider: "aws", hub_name: `hub-${hub}`, reason: "deployer/a.py (rule: x)" }
    ))
  );
  await using following = await Following.of({
    ...EMPTY,
    waves: [names.slice(1), names.slice(0, 1)],
    prod,
  });
  assert.deepEqual(await following.comment(), said("Created the comment"));
  const [body = ""] = following.bodies;
  assert.match(body, / and 1000 prod hubs on 300 clusters\.\n\nThere are 2 waves: /);
  const rows = body.split("\n").filter((line) =>
    line.startsWith("| 1 | ") || line.startsWith("| 2 |")
  );
  assert.equal(rows.length, 300);
  assert.match(rows.at(-1) ?? "", /^\| 2 \| <code>university-0-us-west-2/);
});

const [B, C] = ["b".repeat(40), "c".repeat(40)] as const;
const isAt = (head: string) => `its head is ${head}, and the plan was made for ${SHA}`;

/** Where a run comes too late, or its number is another's: a notice, and nothing is written. */
const SUPERSEDED: Readonly<Record<string, readonly [(f: Following) => unknown, why: string]>> = {
  "where the pull request's head has moved on": [
    ({ github }) => github.addPullRequest({ number: 7, headSha: B }),
    `7 gets no comment from this run: ${isAt(B)}`,
  ],
  "where the pull request is closed": [
    ({ github }) => github.addPullRequest({ number: 7, headSha: SHA, state: "closed" }),
    "7 gets no comment from this run: it is closed",
  ],
  "where the number is that of another pull request": [
    async ({ github, artifact }) => {
      github.addPullRequest({ number: 8, headSha: C });
      await artifact.write("number", "8\n");
    },
    `8 gets no comment from this run: ${isAt(C)}`,
  ],
};

for (const [when, [arrange, why]] of Object.entries(SUPERSEDED)) {
  Deno.test(`comment ends well and writes nothing ${when}`, async () => {
    await using following = await Following.of(planOf("prod"));
    await arrange(following);
    const line = `Pull request ${why}\n`;
    assert.deepEqual(await following.comment(), { code: 0, out: line, err: "" });
    const inWorkflow = await following.comment({ GITHUB_ACTIONS: "true" });
    assert.deepEqual(inWorkflow, { code: 0, out: `::notice::${line}`, err: "" });
    assert.deepEqual(following.github.writes(), []);
  });
}

/** Ways in which nothing may be written, each with what the message has to say. */
const REFUSED: readonly (readonly [
  when: string,
  arrange: ((following: Following) => unknown) | Readonly<Record<string, string>>,
  message: RegExp,
])[] = [
  [
    "without the permission to write",
    ({ github }) => github.tokens.set(TOKEN, new Set(["pull-requests: read"])),
    /403 \(Resource not accessible by integration\); give the job "pull-requests: write"/,
  ],
  [
    "where the comments are no comments",
    ({ github }) =>
      github.before("GET", () => github.fail({ fault: { kind: "answer", body: "[null,1]" } })),
    /^Cannot read the comments of pull request 7: GitHub at \S+ gave an unknown answer/,
  ],
  [
    "for an artifact without a plan",
    ({ artifact }) => Deno.remove(artifact.join("plan.json")),
    /^plan\.json: Cannot find it in the artifact/,
  ],
  [
    "for a plan with a hub twice",
    (following) => following.replan(planOf("prod", "prod")),
    /^plan\.json: Cannot read "prod\[1\]\.hub_name": expected each release once/,
  ],
  [
    "where there is no artifact",
    { PLAN_ARTIFACT: "/nowhere" },
    /^\/nowhere: Cannot find the downloaded artifact/,
  ],
  [
    "where the run's commit is not one",
    { RUN_HEAD_SHA: "main" },
    /^Cannot read "RUN_HEAD_SHA": expected the hash of a commit/,
  ],
  [
    "where the run's address is no address",
    { RUN_URL: "javascript:alert(1)" },
    /^Cannot read "RUN_URL": expected the address of a page/,
  ],
  [
    "where the run's address is another page",
    { RUN_URL: `${RUN_URL})[x](https://evil.example/` },
    /^Cannot read "RUN_URL": expected the page of a run of octo\/infrastructure, .*runs\/456\)\[x\]/,
  ],
  ["without a token", { GITHUB_TOKEN: "" }, /^Cannot read "GITHUB_TOKEN": /],
  [
    "where the repository has no name",
    { GITHUB_REPOSITORY: "octo" },
    /^Cannot connect to GitHub: expected a repository as "owner\/name"/,
  ],
];

for (const [when, arrange, message] of REFUSED) {
  Deno.test(`comment writes nothing ${when}`, async () => {
    await using following = await Following.of();
    const inPlace = typeof arrange === "function";
    if (inPlace) await arrange(following);
    const { code, out, err } = await following.comment(inPlace ? {} : arrange);
    assert.deepEqual({ code, out }, { code: 1, out: "" }, err);
    assert.match(err, message);
    assert.equal(err.includes(TOKEN), false);
    assert.deepEqual(following.bodies, []);
  });
}

const TASK_PLAN = {
  version: 1,
  task: "Check **health**",
  legs: [{ cluster_name: "earth", provider: "gcp", hub_name: "", reason: "terraform/@ada.tf" }],
};
const CHECK = { FOLLOWED: "Check health -->" };

Deno.test("comment says of a task what merging would run it for, in a comment of its own", async () => {
  await using following = await Following.of();
  await following.comment();
  await following.artifact.write("plan.json", JSON.stringify(TASK_PLAN));
  assert.deepEqual(await following.comment(CHECK), said("Created the comment"));
  const [plan, task = ""] = following.bodies;
  assert.match(plan ?? "", /## Deployment plan/);
  const [marker = ""] = task.split("\n");
  assert.equal(marker, "<!-- deployment-plan Check%20health%20%2D%2D%3E -->");
  parseReport(task.slice(task.indexOf("## ")), [RUN_URL, COMMIT_URL]);
  assert.match(task, /Merging this runs it for 1 leg\./);
  assert.deepEqual(await following.comment(CHECK), said("The comment says it already"));

  await following.artifact.write("plan.json", JSON.stringify({ ...TASK_PLAN, legs: [] }));
  assert.deepEqual(await following.comment(CHECK), said("Updated the comment"));
});

Deno.test("comment refuses the plan of a task as a deployment's, and one that task cannot have written", async () => {
  await using following = await Following.of(JSON.stringify(TASK_PLAN));
  const { code, err } = await following.comment();
  assert.equal(code, 1);
  assert.match(err, /plan\.json: Cannot read it: found the unknown keys "task", "legs"/);
  const legs = [{ ...TASK_PLAN.legs[0], cluster_name: "[x](y)" }];
  await following.artifact.write("plan.json", JSON.stringify({ ...TASK_PLAN, legs }));
  assert.match((await following.comment(CHECK)).err, /legs\[0\]\.cluster_name/);
  assert.deepEqual(following.github.writes(), []);
});

/** The variables of a fleet with a ledger. */
const LEDGER = { LEDGER_ENVIRONMENT: "hubs" };

/** The run that follows, where the newest record owes something. */
async function owing(
  plan = planOf("prod"),
  owed = [owedUpgrade("lake/krill"), owedUpgrade("lake/cod", "paused")],
): Promise<Following> {
  const following = await Following.of(plan);
  following.github.deployments.add({ version: 1, as_of: SHA, owed });
  return following;
}

function rows({ bodies: [body = ""] }: Following) {
  return rowsOf(parseReport(body.slice(body.indexOf("## ")), [RUN_URL, COMMIT_URL]))
    .map((row) => row.join(" "));
}

Deno.test("comment lists apart what earlier runs owe, with one request", async () => {
  await using run = await owing();
  run.github.tokens.set(TOKEN, new Set(["pull-requests: write", "deployments: read"]));
  assert.deepEqual(await run.comment(LEDGER), said("Created the comment"));
  assert.deepEqual(rows(run).slice(-2), [
    "lake krill failed in run 456 bbbbbbb",
    "lake cod paused in run 456 bbbbbbb",
  ]);
  const asked = run.github.requests.filter(({ path }) => path.endsWith("/deployments"));
  assert.deepEqual(asked.map(({ method }) => method), ["GET"]);
  run.github.deployments.add({ version: 1, as_of: SHA, owed: [] });
  assert.deepEqual(await run.comment(LEDGER), said("Updated the comment"));
  assert.doesNotMatch(run.bodies[0] ?? "", /[Oo]wed/);
});

Deno.test("comment says of an empty plan what merging makes up", async () => {
  await using run = await owing(EMPTY);
  assert.deepEqual(await run.comment(LEDGER), said("Created the comment"));
  assert.equal(rows(run).length, 2);
  assert.match(run.bodies[0] ?? "", /\nBy itself, merging this deploys nothing\.\n/);
});

Deno.test("comment makes none for an empty plan where nothing is owed, or nothing recorded", async () => {
  await using run = await owing(EMPTY, []);
  const none = said("Nothing is planned and there is no comment, so none is made");
  assert.deepEqual(await run.comment(LEDGER), none);
  run.github.deployments.all.length = 0;
  assert.deepEqual(await run.comment(LEDGER), none);
});

Deno.test("comment asks for no record where there is no ledger", async () => {
  await using run = await owing();
  run.github.tokens.set(TOKEN, new Set(["pull-requests: write"]));
  assert.deepEqual(await run.comment(), said("Created the comment"));
  assert.doesNotMatch(run.bodies[0] ?? "", /[Oo]wed/);
});

Deno.test("comment writes the plan where the record cannot be read, says so and is red", async () => {
  await using run = await owing();
  run.github.deployments.add("deploy main");
  const { code, err } = await run.comment(LEDGER);
  assert.equal(code, 1);
  assert.match(err, /^Cannot read the ledger's newest record/);
  assert.match(run.bodies[0] ?? "", /<code>prod<\/code>/);
  assert.match(run.bodies[0] ?? "", /\n> What earlier runs owe could not be read, and is not lis/);
});

Deno.test("comment stays below GitHub's limit where much is owed", async () => {
  const owed = LONG.map((name) => owedUpgrade(`lake/${name}`));
  await using run = await owing(planOf(...LONG), owed);
  assert.deepEqual(await run.comment(LEDGER), said("Created the comment"));
  const [body = ""] = run.bodies;
  assert.ok(body.length <= 65_536, String(body.length));
  assert.match(body, /more of 256 releases: see \[the run\]/);
});
