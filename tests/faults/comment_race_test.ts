/** Runs of the comment workflow that race for one pull request: one comment in the end. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { UserError } from "../../src/errors.ts";
import { writeComment } from "../../src/github/write_comment.ts";
import { COMMENT_MARKER } from "../../src/github/comment_marker.ts";
import { runHubwright } from "../cli/process.ts";
import { Sandbox } from "../cli/sandbox.ts";
import { connectTo } from "../github/connected.ts";
import { FakeGitHub, TOKEN } from "../github/fake_github.ts";

/** Lets the calls of several runs through one at a time, in an order that is given. */
class Turns {
  readonly #order: number[];
  readonly #waiting: { readonly run: string; readonly go: () => void }[] = [];
  #running: number;

  constructor(running: number, order: readonly number[]) {
    this.#running = running;
    this.#order = [...order];
  }

  /** Waits until it is a run's turn. */
  take(run: string): Promise<void> {
    return new Promise((go) => {
      this.#waiting.push({ run, go });
      this.#next();
    });
  }

  /** Says that a run is over. */
  end(): void {
    this.#running--;
    this.#next();
  }

  #next(): void {
    // Only when all of them wait is it the order that decides, and not who was faster.
    if (this.#waiting.length === 0 || this.#waiting.length < this.#running) return;
    this.#waiting.sort((a, b) => a.run < b.run ? -1 : 1);
    const index = (this.#order.shift() ?? 0) % this.#waiting.length;
    this.#waiting.splice(index, 1)[0]?.go();
  }
}

const bodyOf = (name: string) => `${COMMENT_MARKER}\nThe plan of ${name}`;

/** Lets runs race, whose tokens are valid for so many calls, and says which of them failed. */
async function race(
  fake: FakeGitHub,
  runs: readonly number[],
  order: readonly number[],
): Promise<readonly boolean[]> {
  const turns = new Turns(runs.length, order);
  const calls = new Map<string, number>();
  await using gate = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const [, name = ""] = (request.headers.get("authorization") ?? "").split(" ");
      await turns.take(name);
      const count = (calls.get(name) ?? 0) + 1;
      calls.set(name, count);
      const { pathname, search } = new URL(request.url);
      return await fetch(`${fake.url}${pathname}${search}`, {
        method: request.method,
        headers: {
          ...Object.fromEntries(request.headers),
          authorization: `token ${count > (runs[Number(name)] ?? 0) ? "expired" : TOKEN}`,
        },
        body: request.method === "GET" ? null : await request.text(),
      });
    },
  );
  const baseUrl = `http://127.0.0.1:${gate.addr.port}`;
  return await Promise.all(runs.map(async (_, index) => {
    const { github } = connectTo(fake, { baseUrl, token: String(index) });
    try {
      await writeComment(github, 7, () => bodyOf(String(index)));
      return true;
    } catch (error) {
      assert.ok(error instanceof UserError, Deno.inspect(error));
      return false;
    } finally {
      turns.end();
    }
  }));
}

const order = fc.array(fc.nat({ max: 5 }), { minLength: 20, maxLength: 20 });
const there = fc.nat({ max: 2 });

function fakeWith(comments: number): FakeGitHub {
  const fake = new FakeGitHub();
  fake.addPullRequest({ number: 7 });
  for (let count = 0; count < comments; count++) fake.addComment(7, bodyOf("an older run"));
  return fake;
}

for (const count of [2, 3]) {
  Deno.test(`writeComment() leaves one comment, the oldest, where ${count} runs race`, async () => {
    await fc.assert(
      fc.asyncProperty(there, order, async (comments, order) => {
        await using fake = fakeWith(comments);
        const runs = Array<number>(count).fill(Infinity);
        assert.deepEqual(await race(fake, runs, order), runs.map(() => true));
        assert.deepEqual(fake.comments.map(({ id }) => id), [1001]);
        const bodies = runs.map((_, index) => bodyOf(String(index)));
        assert.ok(bodies.includes(fake.comments[0]?.body ?? ""));
      }),
      { seed: 20261122, numRuns: count === 2 ? 20 : 12 },
    );
  });
}

Deno.test("writeComment() leaves one comment where a run races that fails half-way, and another follows", async () => {
  await fc.assert(
    fc.asyncProperty(there, fc.nat({ max: 4 }), order, async (comments, failing, order) => {
      await using fake = fakeWith(comments);
      const [, second] = await race(fake, [failing, Infinity], order);
      assert.equal(second, true);
      const [oldest] = fake.comments;
      assert.ok(oldest !== undefined);
      assert.deepEqual(await race(fake, [Infinity], []), [true]);
      assert.deepEqual(fake.comments.map(({ id, body }) => [id, body]), [[oldest.id, bodyOf("0")]]);
    }),
    { seed: 20261122, numRuns: 15 },
  );
});

Deno.test("comment leaves one comment where processes race", async () => {
  await using fake = fakeWith(0);
  const plan = { version: 1, base: "", head: "", support_and_staging: [], notices: [] };
  const prod = [{ cluster_name: "earth", provider: "gcp", hub_name: "prod", reason: "x" }];
  await using artifact = await Sandbox.create({
    number: "7\n",
    "plan.json": JSON.stringify({ ...plan, prod }),
  });
  const ran = await Promise.all(Array.from({ length: 3 }, () =>
    runHubwright({
      cwd: artifact.path,
      args: ["comment"],
      env: {
        GITHUB_API_URL: fake.url,
        GITHUB_REPOSITORY: fake.repository,
        GITHUB_TOKEN: TOKEN,
        PLAN_ARTIFACT: artifact.path,
        RUN_HEAD_SHA: "a".repeat(40),
        RUN_URL: "https://github.com/octo/infrastructure/actions/runs/456",
      },
    })));
  assert.deepEqual(ran.map(({ code, err }) => [code, err]), ran.map(() => [0, ""]));
  assert.deepEqual(fake.comments.map(({ id }) => id), [1001]);
});
