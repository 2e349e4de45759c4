import assert from "node:assert/strict";
import { TOKEN } from "../github/fake_github.ts";
import { owedUpgrade } from "../ledger/fleets.ts";
import { parseReport, rowsOf } from "../report/parse_report.ts";
import { EMPTY, Following, planOf, RUN_URL, said, SHA } from "./following.ts";

const COMMIT_URL = RUN_URL.replace("actions/runs/456", `commit/${SHA}`);
const ENV = { LEDGER_ENVIRONMENT: "hubs" };
const OWED = [owedUpgrade("lake/krill"), owedUpgrade("lake/cod", "paused")];

/** The run that follows, where the newest record owes something. */
async function following(plan = planOf("prod"), owed = OWED): Promise<Following> {
  const following = await Following.of(plan);
  following.github.deployments.add({ version: 1, as_of: SHA, owed });
  return following;
}

function rows({ bodies: [body = ""] }: Following) {
  return rowsOf(parseReport(body.slice(body.indexOf("## ")), [RUN_URL, COMMIT_URL]))
    .map((row) => row.join(" "));
}

Deno.test("comment lists apart what earlier runs owe, with one request", async () => {
  await using run = await following();
  run.github.tokens.set(TOKEN, new Set(["pull-requests: write", "deployments: read"]));
  assert.deepEqual(await run.comment(ENV), said("Created the comment"));
  assert.deepEqual(rows(run).slice(-2), [
    "lake krill failed in run 456 bbbbbbb",
    "lake cod paused in run 456 bbbbbbb",
  ]);
  const asked = run.github.requests.filter(({ path }) => path.endsWith("/deployments"));
  assert.deepEqual(asked.map(({ method }) => method), ["GET"]);
  run.github.deployments.add({ version: 1, as_of: SHA, owed: [] });
  assert.deepEqual(await run.comment(ENV), said("Updated the comment"));
  assert.doesNotMatch(run.bodies[0] ?? "", /[Oo]wed/);
});

Deno.test("comment says of an empty plan what merging makes up", async () => {
  await using run = await following(EMPTY);
  assert.deepEqual(await run.comment(ENV), said("Created the comment"));
  assert.equal(rows(run).length, 2);
  assert.match(run.bodies[0] ?? "", /\nBy itself, merging this deploys nothing\.\n/);
});

Deno.test("comment makes none for an empty plan where nothing is owed, or nothing recorded", async () => {
  await using run = await following(EMPTY, []);
  const none = said("Nothing is planned and there is no comment, so none is made");
  assert.deepEqual(await run.comment(ENV), none);
  run.github.deployments.all.length = 0;
  assert.deepEqual(await run.comment(ENV), none);
});

Deno.test("comment asks for no record where there is no ledger", async () => {
  await using run = await following();
  run.github.tokens.set(TOKEN, new Set(["pull-requests: write"]));
  assert.deepEqual(await run.comment(), said("Created the comment"));
  assert.doesNotMatch(run.bodies[0] ?? "", /[Oo]wed/);
});

Deno.test("comment writes the plan where the record cannot be read, says so and is red", async () => {
  await using run = await following();
  run.github.deployments.add("deploy main");
  const { code, err } = await run.comment(ENV);
  assert.equal(code, 1);
  assert.match(err, /^Cannot read the ledger's newest record/);
  assert.match(run.bodies[0] ?? "", /<code>prod<\/code>/);
  assert.match(
    run.bodies[0] ?? "",
    /\n> What earlier runs owe could not be read, and is not listed\.\n/,
  );
});

Deno.test("comment stays below GitHub's limit where much is owed", async () => {
  const names = Array.from({ length: 256 }, (_, index) => `${"n".repeat(97)}${100 + index}`);
  const owed = names.map((name) => owedUpgrade(`lake/${name}`));
  await using run = await following(planOf(...names), owed);
  assert.deepEqual(await run.comment(ENV), said("Created the comment"));
  const [body = ""] = run.bodies;
  assert.ok(body.length <= 65_536, String(body.length));
  assert.match(body, /more of 256 releases: see \[the run\]/);
});
