/** `comment` on artifacts that a fork filled with hostile texts. */
import assert from "node:assert/strict";
import { BOUNDS } from "../../src/plan/bounds.ts";
import type { Plan } from "../../src/plan/schema.ts";
import { hubwright, type Ran } from "../cli/fake_io.ts";
import { Sandbox } from "../cli/sandbox.ts";
import { FakeGitHub, TOKEN } from "../github/fake_github.ts";
import { EMPTY, EXAMPLE } from "../report/arbitraries.ts";
import { assertInertLog } from "./inert.ts";
import { assertInertMarkdown } from "./inert_markdown.ts";
import { NAMES } from "./names.ts";
import { Trap } from "./trap.ts";

const RUN_URL = "https://github.com/octo/infrastructure/actions/runs/456";

/** What names of clusters, hubs and providers may be, and the ids of commits. */
const FINE = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/;

/** How many names go into one plan: as many as a comment has room for. */
const NAMES_A_PLAN = 14;

/** The run that follows a pull request's run: GitHub with the pull request, and the artifact. */
class Following implements AsyncDisposable {
  readonly #github = new FakeGitHub();

  private constructor(readonly trap: Trap, readonly artifact: Sandbox) {
    this.#github.addPullRequest({ number: 7 });
  }

  static async start(): Promise<Following> {
    const files = { number: "7\n", "plan.json": JSON.stringify(EXAMPLE) };
    return new Following(await Trap.set(), await Sandbox.create(files));
  }

  /** Runs `comment`, and checks that neither its log nor the comment is more than text. */
  async comment(): Promise<Ran & { readonly body: string | undefined }> {
    this.#github.comments.length = 0;
    const ran = await hubwright(["comment"], {
      env: {
        GITHUB_ACTIONS: "true",
        GITHUB_API_URL: this.#github.url,
        GITHUB_REPOSITORY: this.#github.repository,
        GITHUB_TOKEN: TOKEN,
        PLAN_ARTIFACT: this.artifact.path,
        RUN_HEAD_SHA: "a".repeat(40),
        RUN_URL,
      },
    });
    assertInertLog(ran.out);
    assertInertLog(ran.err, { annotations: true });
    const [body] = this.#github.comments.map(({ body }) => body);
    if (body !== undefined) assertInertMarkdown(body, [RUN_URL]);
    assert.deepEqual(ran.code === 0, body !== undefined, "no comment where anything is wrong");
    return { ...ran, body };
  }

  /** Runs `comment` on a plan. */
  async commentOn(plan: unknown): ReturnType<Following["comment"]> {
    await this.artifact.write("plan.json", JSON.stringify(plan));
    return await this.comment();
  }

  /** Checks that nothing ran, and clears up. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.trap.assertUnsprung(this.artifact.path);
    await this.#github[Symbol.asyncDispose]();
    await this.artifact[Symbol.asyncDispose]();
    await this.trap[Symbol.asyncDispose]();
  }
}

/** A plan whose reasons and notices are the given texts. */
function planSaying(texts: readonly string[]): Plan {
  return {
    ...EMPTY,
    support_and_staging: texts.map((text, index) => ({
      cluster_name: `c${index}`,
      provider: "gcp",
      upgrade_support: true,
      support_reason: text,
      staging_hubs: ["staging"],
      staging_reason: text,
    })),
    prod: texts.map((reason, index) => ({
      cluster_name: `c${index}`,
      provider: "gcp",
      hub_name: "prod",
      reason,
    })),
    notices: texts.map((message) => ({ level: "notice", message })),
  };
}

Deno.test(`comment shows hostile reasons and notices as text: ${NAMES.length} tried`, async () => {
  await using following = await Following.start();
  const texts = NAMES.map(({ text }) => following.trap.arm(text));
  const fits = texts.filter((text) => text.length <= BOUNDS.text)
    .sort((a, b) => a.length - b.length);
  const harmless = await following.commentOn(planSaying(fits.slice(0, NAMES_A_PLAN).fill("x")));
  for (let start = 0; start < fits.length; start += NAMES_A_PLAN) {
    const some = fits.slice(start, start + NAMES_A_PLAN);
    const last = Array.from({ length: NAMES_A_PLAN - some.length }, () => "x");
    const { body, err } = await following.commentOn(planSaying([...some, ...last]));
    assert.ok(body !== undefined, err);
    assert.equal(
      assertInertMarkdown(body, [RUN_URL]),
      assertInertMarkdown(harmless.body ?? "", [RUN_URL]),
    );
  }
  const tooLong = texts.filter((text) => text.length > BOUNDS.text);
  assert.equal(tooLong.length, 2);
  for (const text of tooLong) assert.equal((await following.commentOn(planSaying([text]))).code, 1);
});

/** Where a name stands in a plan. */
const PLACES: Readonly<Record<string, (name: string) => unknown>> = {
  "clusters and commits": (name) => ({
    ...EXAMPLE,
    base: name,
    prod: EXAMPLE.prod.map((row) => ({ ...row, cluster_name: name, provider: name })),
  }),
  "hubs": (name) => ({
    ...EXAMPLE,
    prod: EXAMPLE.prod.map((row) => ({ ...row, hub_name: name })),
    support_and_staging: EXAMPLE.support_and_staging.map((row) =>
      row.staging_hubs.length === 0 ? row : { ...row, staging_hubs: [name] }
    ),
  }),
  "keys, levels and versions": (name) => ({
    ...EXAMPLE,
    [name]: 1,
    version: name,
    notices: [{ level: name, message: "x", [name]: name }],
  }),
  "nothing, in place of a plan": (name) => name,
};

for (const [place, planOf] of Object.entries(PLACES)) {
  Deno.test(`comment refuses hostile names of ${place}: ${NAMES.length} tried`, async () => {
    await using following = await Following.start();
    for (const { text } of NAMES) {
      const name = following.trap.arm(text);
      const { code } = await following.commentOn(planOf(name));
      if (code === 0) assert.match(name, FINE);
    }
  });
}

Deno.test(`comment refuses an artifact that is no JSON, or names no pull request: ${NAMES.length} tried`, async () => {
  await using following = await Following.start();
  const { artifact, trap } = following;
  for (const { text } of NAMES) {
    await artifact.write("plan.json", trap.arm(text));
    assert.equal((await following.comment()).code, 1);
  }
  await artifact.write("plan.json", JSON.stringify(EXAMPLE));
  for (const { text } of NAMES) {
    await artifact.write("number", trap.arm(text));
    assert.equal((await following.comment()).code, 1);
  }
});

Deno.test(`comment refuses files with hostile names in the artifact: ${NAMES.length} tried`, async () => {
  await using following = await Following.start();
  const { artifact, trap } = following;
  let tried = 0;
  for (const { text } of NAMES) {
    const name = trap.armHere(text).replaceAll("/", "_");
    if (/^\.{0,2}$|\0/.test(name) || new TextEncoder().encode(name).length > 255) continue;
    await artifact.write(name, "");
    assert.equal((await following.comment()).code, 1);
    await Deno.remove(artifact.join(name));
    tried++;
  }
  assert.equal(tried, 368);
});
