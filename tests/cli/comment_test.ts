import assert from "node:assert/strict";
import { COMMENT_MARKER } from "../../src/github/comment.ts";
import type { Plan } from "../../src/plan/schema.ts";
import { FakeGitHub, TOKEN } from "../github/fake_github.ts";
import { hubwright, type Ran } from "./fake_io.ts";
import { Sandbox } from "./sandbox.ts";

const SHA = "a".repeat(40);
const RUN_URL = "https://github.com/octo/infrastructure/actions/runs/456";

const EMPTY: Plan = {
  version: 1,
  base: "b",
  head: "h",
  support_and_staging: [],
  prod: [],
  notices: [],
};

function planOf(...hubs: readonly string[]): Plan {
  return {
    ...EMPTY,
    prod: hubs.map((hub_name) => ({
      cluster_name: "earth",
      provider: "gcp",
      hub_name,
      reason: "config/clusters/earth/prod.values.yaml (rule: hub values file)",
    })),
  };
}

/** The run that follows a pull request's run: GitHub with the pull request, and the artifact. */
class Following implements AsyncDisposable {
  readonly github = new FakeGitHub();

  private constructor(readonly artifact: Sandbox) {
    this.github.addPullRequest({ number: 7, headSha: SHA });
  }

  static async of(plan: unknown = planOf("prod"), number = "7\n"): Promise<Following> {
    const text = typeof plan === "string" ? plan : JSON.stringify(plan);
    return new Following(await Sandbox.create({ "plan.json": text, number }));
  }

  /** Replaces the plan of the artifact. */
  async replan(plan: Plan): Promise<void> {
    await this.artifact.write("plan.json", JSON.stringify(plan));
  }

  /** Runs the command. */
  comment(env: Readonly<Record<string, string>> = {}): Promise<Ran> {
    return hubwright(["comment"], {
      env: {
        PLAN_ARTIFACT: this.artifact.path,
        RUN_HEAD_SHA: SHA,
        RUN_URL,
        GITHUB_TOKEN: TOKEN,
        GITHUB_API_URL: this.github.url,
        GITHUB_REPOSITORY: this.github.repository,
        ...env,
      },
    });
  }

  /** What the comments say. */
  get bodies(): string[] {
    return this.github.comments.map(({ body }) => body);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.github[Symbol.asyncDispose]();
    await this.artifact[Symbol.asyncDispose]();
  }
}

const said = (text: string): Ran => ({ code: 0, out: `Pull request 7: ${text}.\n`, err: "" });

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
    ({ artifact }) => artifact.write("plan.json", " ".repeat(4_000_001)),
    /^plan\.json: Cannot accept it in the artifact: expected at most 4000000 bytes, found 4000001/,
  ],
  [
    "for a number that is too large",
    ({ artifact }) => artifact.write("number", "7".repeat(21)),
    /^number: Cannot accept it in the artifact: expected at most 20 bytes, found 21/,
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

Deno.test("comment stays below GitHub's limit for a huge plan, and says what it leaves out", async () => {
  const hubs = Array.from({ length: 256 }, (_, index) => `hub-${index}-${"é".repeat(200)}`);
  const huge: Plan = {
    ...planOf(...hubs),
    support_and_staging: hubs.map((cluster_name) => ({
      cluster_name,
      provider: "gcp",
      upgrade_support: true,
      support_reason: "|".repeat(2_000),
      staging_hubs: ["staging"],
      staging_reason: "",
    })),
    notices: hubs.map((message) => ({ level: "warning", message })),
  };
  await using following = await Following.of(huge);
  assert.deepEqual(await following.comment(), said("Created the comment"));
  const [body = ""] = following.bodies;
  assert.ok(body.length > 30_000 && body.length <= 65_536, String(body.length));
  const left = [...body.matchAll(/(\d+) more of 256: see \[the run\]\((\S+)\)\./g)];
  assert.equal(left.length, 3);
  assert.ok(left.every(([, , url]) => url === RUN_URL));
  assert.ok(body.endsWith(`Made from [this run](${RUN_URL}).\n`));
  assert.match(
    body,
    /Merging this upgrades 256 support charts, 256 staging hubs and 256 prod hubs/,
  );
});

Deno.test("comment stays below GitHub's limit where nothing of a table fits", async () => {
  const plan = planOf("prod");
  const reason = "<".repeat(500_000);
  await using following = await Following.of({
    ...plan,
    prod: plan.prod.map((row) => ({ ...row, reason })),
    notices: [{ level: "notice", message: reason }],
  });
  assert.deepEqual(await following.comment(), said("Created the comment"));
  const [body = ""] = following.bodies;
  assert.ok(body.length < 1_000, String(body.length));
  assert.match(body, /1 more of 1: see \[the run\]/);
});

Deno.test("comment makes no markup of what a fork wrote", async () => {
  const hostile = [
    "</code><script>alert(1)</script>",
    "![x](https://evil.example/x.png)",
    "[x](javascript:alert(1))",
    "https://evil.example",
    "see www.evil.example and (Www.evil.example)",
    "@octocat and @octo/team",
    "#1 GH-1 octo/infrastructure#1",
    "a\n\n# Heading\n\n- [ ] task",
    "a | b | c",
    "`code` **bold** ~~gone~~ $x$",
    "<!-- deployment-plan -->",
    "\u202ereversed",
    "&lt;b&gt;",
    ":tada:",
    "a\\",
  ];
  const plan: Plan = {
    ...EMPTY,
    support_and_staging: hostile.map((text) => ({
      cluster_name: text,
      provider: text,
      upgrade_support: true,
      support_reason: text,
      staging_hubs: [text],
      staging_reason: text,
    })),
    prod: hostile.map((text) => ({
      cluster_name: text,
      provider: text,
      hub_name: text,
      reason: text,
    })),
    notices: hostile.map((message) => ({ level: "notice", message })),
  };
  await using following = await Following.of(plan);
  assert.deepEqual(await following.comment(), said("Created the comment"));
  const [body = ""] = following.bodies;
  const rows = body.split("\n").filter((line) => line.startsWith("| <code>"));
  const notices = body.split("\n").filter((line) => line.startsWith("| notice |"));
  assert.equal(rows.length, 2 * hostile.length);
  assert.equal(notices.length, hostile.length);
  for (const line of [...rows, ...notices]) {
    const cells = line.replaceAll("<!-- -->&#64;", "&#64;").replace(
      /<code>([^<>]*)<\/code>/g,
      (_, text: string) => {
        // What stays readable is harmless in any Markdown; all else is a character reference.
        assert.match(text, /^(?:[A-Za-z0-9 .,:;()=+-]|\/(?!\/)|&#\d+;)*$/);
        assert.equal(/www\./i.test(text), false);
        return "";
      },
    );
    assert.match(cells, /^(?:[| ]|yes|notice|<br>|support: |staging: )+$/);
  }
  assert.equal(body.split(COMMENT_MARKER).length, 2);
});
