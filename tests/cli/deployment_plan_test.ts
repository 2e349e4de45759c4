/** `plan` where it deploys: over git, and GitHub on loopback. What it decides is tested apart. */
import assert from "node:assert/strict";
import { TOKEN } from "../github/fake_github.ts";
import { commit, owedUpgrade } from "../ledger/fleets.ts";
import { DeployedFleet } from "./deployed_fleet.ts";
import { hubwright } from "./fake_io.ts";
import { earth } from "./repository.ts";

const PROD = earth("prod.values.yaml");
const ROVER = "config/clusters/azure.mars/rover.values.yaml";
const EARTH = ["earth/staging", "earth/prod"];
const BOTH = ["earth/staging", "azure.mars/rover", "earth/prod"];
const SKIP = "deployer:skip-deploy";

const paused = (since: string) =>
  `{ ledger: { since: "${since}", environment: "fleet" }, paused: { earth: "moving" } }`;

Deno.test("plan says on a pull request what its merge deploys: nothing that the config pauses", async () => {
  await using fleet = await DeployedFleet.create(paused);
  await fleet.push({ [PROD]: "a: 1\n", [ROVER]: "a: 1\n" });
  const { releases, plan } = await fleet.planned({ event: "pull_request", before: "HEAD^1" });
  assert.deepEqual(releases, ["azure.mars/rover"]);
  assert.deepEqual(plan.notices.map(({ message }) => message), [
    "earth is paused, and what it holds back stays owed: moving",
    "Cluster azure.mars has no staging hub: nothing gates its prod hubs in this plan",
  ]);
});

Deno.test("plan begins at the commit of the config where there is no record yet", async () => {
  await using fleet = await DeployedFleet.create();
  const { since, head: before } = fleet;
  const head = await fleet.push({ [PROD]: "a: 1\n" });
  const { releases, told, outputs } = await fleet.planned({ before });
  assert.deepEqual(releases, EARTH);
  assert.deepEqual(told, {
    environment: "hubs",
    head,
    record: null,
    as_of: since,
    bases: {},
    canaries: JSON.parse(outputs["support-and-staging-matrix-jobs"] ?? ""),
    prod: JSON.parse(outputs["prod-hub-matrix-jobs"] ?? ""),
    held: [],
    settled: [],
  });
});

Deno.test("plan asks once for the record and once for labels where nothing is owed", async () => {
  await using fleet = await DeployedFleet.create();
  const before = fleet.head;
  const id = fleet.record(before);
  const head = await fleet.push({ [ROVER]: "a: 1\n" });
  fleet.github.tokens.set(TOKEN, new Set(["pull-requests: read", "deployments: read"]));
  const { releases, told } = await fleet.planned({ before });
  assert.deepEqual(releases, ["azure.mars/rover"]);
  assert.deepEqual(fleet.takeCalls().sort(), [`GET commits/${head}/pulls`, "GET deployments"]);
  assert.deepEqual([told?.record, told?.as_of, told?.bases], [id, before, {}]);
});

Deno.test("plan makes up what is owed, and says since when and why", async () => {
  await using fleet = await DeployedFleet.create();
  const { since, head: before } = fleet;
  fleet.record(before, [owedUpgrade("azure.mars/rover", "failed", { base: since, run: 77 })]);
  await fleet.push({ [PROD]: "a: 1\n" });
  const { releases, plan, told } = await fleet.planned({ before });
  assert.deepEqual(releases, BOTH);
  assert.equal(
    plan.prod[0]?.reason,
    `${since.slice(0, 12)}: up to date then, failed in run 77 (rule: owed)`,
  );
  assert.deepEqual(told?.bases, { "azure.mars/rover": since });
});

Deno.test("plan makes up what was blocked from its base, and settles what nothing has touched", async () => {
  await using fleet = await DeployedFleet.create();
  const base = fleet.since;
  const before = await fleet.push({ [ROVER]: "a: 1\n" });
  const keys = ["azure.mars/rover", "earth/prod"];
  fleet.record(before, keys.map((key) => owedUpgrade(key, "blocked", { base })));
  await fleet.push({ "README.md": "Hello\n" });
  const { releases, told } = await fleet.planned({ before });
  assert.deepEqual(releases, ["azure.mars/rover"]);
  assert.deepEqual(told?.settled, [{ cluster: "earth", release: "prod" }]);
});

Deno.test("plan plans the pushes whose runs were lost, each with its own labels", async () => {
  await using fleet = await DeployedFleet.create();
  fleet.record(fleet.head);
  const first = await fleet.push({ [PROD]: "a: 1\n" });
  // It can concern no release, and started no run.
  await fleet.push({ "docs/x.md": "" });
  const before = await fleet.push({ [ROVER]: "a: 1\n" }, SKIP);
  const head = await fleet.push({ "README.md": "Hello\n" });
  assert.deepEqual((await fleet.planned({ before })).releases, EARTH);
  assert.deepEqual(
    fleet.takeCalls().sort(),
    [...[first, before, head].map((sha) => `GET commits/${sha}/pulls`), "GET deployments"].sort(),
  );
});

Deno.test("plan upgrades what a lost run deployed and a later commit takes back", async () => {
  await using fleet = await DeployedFleet.create();
  const recorded = await fleet.push({ [PROD]: "a: 1\n" });
  fleet.record(recorded);
  const last = await fleet.push({ [PROD]: "a: 2\n" });
  await fleet.push({ [PROD]: "a: 1\n" });
  // As a push after a lost one, and as one push of two commits.
  for (const before of [last, recorded]) {
    assert.deepEqual((await fleet.planned({ before })).releases, EARTH);
  }
});

Deno.test("plan keeps what lost runs owe where this push's label skips it", async () => {
  await using fleet = await DeployedFleet.create();
  fleet.record(fleet.head);
  const before = await fleet.push({ [PROD]: "a: 1\n" });
  await fleet.push({ [ROVER]: "a: 1\n" }, SKIP);
  const { releases, told } = await fleet.planned({ before });
  assert.deepEqual(releases, []);
  assert.deepEqual(told?.held, [{ cluster: "earth", release: "prod", why: "blocked" }]);
});

Deno.test("plan plans everything after a force push, and says why", async () => {
  await using fleet = await DeployedFleet.create();
  const base = fleet.head;
  const gone = await fleet.push({ [ROVER]: "a: 1\n" });
  await fleet.repository.git("reset", "--quiet", "--hard", base);
  await fleet.push({ "README.md": "Hello\n" });
  for (const as_of of [gone, commit("d")]) {
    fleet.record(as_of, [owedUpgrade("earth/squid", "blocked", { base })]);
    const { releases, plan, told } = await fleet.planned({ before: gone });
    assert.deepEqual(releases, ["earth/support chart", ...BOTH]);
    const why = `${as_of.slice(0, 12)}, which is deployed, is not in this history`;
    assert.ok(plan.prod[0]?.reason.includes(why), plan.prod[0]?.reason);
    assert.deepEqual([told?.as_of, told?.head], [as_of, fleet.head]);
  }
});

Deno.test("plan plans both sides of a merge the other way round", async () => {
  await using fleet = await DeployedFleet.create();
  const { git } = fleet.repository;
  const fork = fleet.head;
  const before = await fleet.push({ [ROVER]: "a: 1\n" });
  fleet.record(before);
  await git("checkout", "--quiet", "-b", "side", fork);
  fleet.github.commits.add(await fleet.repository.commit({ [PROD]: "a: 1\n" }));
  await git("merge", "--quiet", "--no-edit", before);
  fleet.pushed(await git("rev-parse", "HEAD"));
  const { releases } = await fleet.planned({ before });
  assert.ok(EARTH.every((key) => releases.includes(key)), `${releases}`);
  // Where a run before was lost as well, no label of this push is about what that one owes.
  fleet.github.deployments.all.length = 0;
  fleet.record(fork);
  fleet.pushed(fleet.head, SKIP);
  fleet.github.pullRequests.delete(2);
  const skipped = await fleet.planned({ before });
  assert.deepEqual(skipped.releases, []);
  assert.ok(skipped.told?.held.some(({ release }) => release === "rover"), skipped.ledger);
});

Deno.test("plan deploys nothing where what is deployed is newer, and says how to go on", async () => {
  await using fleet = await DeployedFleet.create();
  const [before, head] = [fleet.head, await fleet.push({ [PROD]: "a: 1\n" })];
  const newer = await fleet.push({ "README.md": "Hello\n" });
  fleet.record(newer, [owedUpgrade("azure.mars/rover")]);
  const { releases, ledger, outputs, plan } = await fleet.planned({ before, head });
  assert.deepEqual([releases, ledger, outputs["prod-hub-matrix-jobs"]], [[], "", "[]"]);
  const [{ level, message = "" } = {}] = plan.notices;
  assert.equal(level, "warning");
  assert.match(
    message,
    new RegExp(`deployed is newer: ${newer.slice(0, 12)}; to make up .*push`),
  );
});

Deno.test("plan asks in a re-run alone whether a later run has deployed, and deploys nothing then", async () => {
  await using fleet = await DeployedFleet.create();
  const before = fleet.head;
  fleet.record(before);
  await fleet.push({ [PROD]: "a: 1\n" });
  fleet.github.runs.push({ id: 50, run_number: 5 });
  const env = { RERUN: "50" };
  assert.deepEqual((await fleet.planned({ before, env })).releases, EARTH);
  assert.deepEqual(fleet.takeCalls().filter((call) => call.includes("actions")), [
    "GET actions/runs/50",
    "GET actions/workflows/3/runs",
  ]);
  fleet.github.runs.push({ id: 60, run_number: 6 });
  const { releases, ledger, plan } = await fleet.planned({ before, env });
  assert.deepEqual([releases, ledger], [[], ""]);
  assert.match(plan.notices[0]?.message ?? "", /go back: run 60 may have deployed since/);
  assert.deepEqual((await fleet.planned({ before })).releases, EARTH);
});

Deno.test("plan makes up in a re-run what the attempt before left, and nothing else", async () => {
  await using fleet = await DeployedFleet.create();
  const before = fleet.head;
  const head = await fleet.push({ [PROD]: "a: 1\n", [ROVER]: "a: 1\n" });
  fleet.record(head, [owedUpgrade("azure.mars/rover", "lost", { base: before })]);
  fleet.github.runs.push({ id: 50, run_number: 5 });
  const { releases } = await fleet.planned({ before, env: { RERUN: "50" } });
  assert.deepEqual(releases, ["azure.mars/rover"]);
});

/** What people ask for by hand, and what is planned. */
const DISPATCHES: readonly (readonly [args: string, releases: readonly string[]])[] = [
  ["--releases=", ["azure.mars/rover"]],
  ["--releases=|--phase=all", ["azure.mars/rover"]],
  ["--releases=|--phase=staging", []],
  ["--releases=earth/prod", EARTH],
  ["--releases=*/staging, azure.mars", ["earth/staging", "azure.mars/rover"]],
  ["--releases=earth|--phase=support", ["earth/support chart"]],
];

for (const [args, wanted] of DISPATCHES) {
  Deno.test(`plan plans what someone asks for by hand: ${args}`, async () => {
    await using fleet = await DeployedFleet.create();
    fleet.record(fleet.head, [owedUpgrade("azure.mars/rover", "failed")]);
    const request = { event: "workflow_dispatch", args: args.split("|") };
    const { releases, told } = await fleet.planned(request);
    assert.deepEqual(releases, wanted);
    assert.equal(told?.held.length, wanted.includes("azure.mars/rover") ? 0 : 1);
    assert.deepEqual(fleet.takeCalls(), ["GET deployments"]);
  });
}

Deno.test("plan shows a dry run, and lets no job have it", async () => {
  await using fleet = await DeployedFleet.create();
  const args = ["--releases=earth", "--phase=", "--dry-run=true"];
  const planned = await fleet.planned({ event: "workflow_dispatch", args });
  assert.equal(planned.releases.length, 3);
  assert.deepEqual(planned.outputs, {
    "support-and-staging-matrix-jobs": "[]",
    "prod-hub-matrix-jobs": "[]",
    "canary-clusters": "[]",
    waves: "[]",
    clusters: '{"waves":[],"canaries":{},"prod":{}}',
    ledger: "",
  });
  assert.match(
    planned.summary,
    /\nThis is a dry run, which deploys nothing; a real one upgrades 1 support chart, /,
  );
  const given = ["--repo", fleet.repository.path, "--releases", "earth", "--dry-run", "true"];
  assert.match((await hubwright(["plan", ...given])).out, /\nThis is a dry run, .* nothing\.\n$/);
});

Deno.test("plan makes up in time what is owed and what was lost, with the labels of what was lost", async () => {
  await using fleet = await DeployedFleet.create();
  fleet.record(fleet.head, [owedUpgrade("azure.mars/rover", "cancelled")]);
  const lost = await fleet.push({ [PROD]: "a: 1\n" });
  const args = ["--releases=", "--phase="];
  assert.deepEqual((await fleet.planned({ event: "schedule", args })).releases, BOTH);
  assert.deepEqual(fleet.takeCalls().sort(), [`GET commits/${lost}/pulls`, "GET deployments"]);
});

Deno.test("plan holds what is paused in the config", async () => {
  await using fleet = await DeployedFleet.create(paused);
  const before = fleet.head;
  await fleet.push({ [PROD]: "a: 1\n" });
  const { releases, told } = await fleet.planned({ before });
  assert.deepEqual([releases, told?.environment], [[], "fleet"]);
  assert.deepEqual(told?.held, [{ cluster: "earth", release: "prod", why: "paused" }]);
});

Deno.test("plan plans by hand without a ledger where the config wants that, and asks for no record", async () => {
  await using fleet = await DeployedFleet.create(() => "{ dispatch: true }");
  const event = "workflow_dispatch";
  const { releases, ledger } = await fleet.planned({ event, args: ["--releases=azure.mars"] });
  assert.deepEqual([releases, ledger, fleet.takeCalls()], [["azure.mars/rover"], "", []]);
  const nothing = await fleet.plan({ event, args: ["--releases="] });
  assert.deepEqual([nothing.code, nothing.outputs], [1, {}]);
  assert.match(
    nothing.err,
    /Cannot tell what to deploy: expected releases, found none; .*"ledger"/,
  );
});

Deno.test("plan plans by hand for people, without GitHub", async () => {
  await using fleet = await DeployedFleet.create();
  const { releases, ledger } = await fleet.planned({
    event: "",
    args: ["--releases=earth/staging"],
  });
  assert.deepEqual([releases, ledger, fleet.takeCalls()], [["earth/staging"], "", []]);
});

/** Where nothing may be planned, and what the line says. */
const REFUSED: readonly (readonly [
  when: string,
  line: RegExp,
  arrange: ((fleet: DeployedFleet) => unknown) | readonly string[],
])[] = [
  [
    "the record cannot be read",
    /^Cannot read the ledger's newest record, deployment \d+ in the environment "hubs": /,
    ({ github }) => github.deployments.add({ version: 2 }, { sha: commit("a") }),
  ],
  [
    "the record is another tool's",
    /write a right one with "gh api"/,
    ({ github }) => github.deployments.add("deploy main"),
  ],
  [
    "the token may not read it",
    /403 .*"deployments: read"/,
    ({ github }) => github.tokens.set(TOKEN, new Set(["pull-requests: read"])),
  ],
  [
    "GitHub does not give the labels of a push that was lost",
    /^Cannot read the labels of the pull request behind commit [0-9a-f]{40}: .*403/,
    async (fleet) => {
      fleet.record(fleet.since);
      await fleet.push({ [PROD]: "a: 1\n" });
      fleet.github.tokens.set(TOKEN, new Set(["deployments: read"]));
    },
  ],
  [
    "the ledger begins at no commit of the history",
    /hubwright\.config\.ts: Cannot start the ledger at "ledger\.since", d{40}: expected a commit/,
    (fleet) => {
      const text = `export default { ledger: { since: "${commit("d")}" } };\n`;
      return fleet.push({ "./hubwright.config.ts": text });
    },
  ],
  [
    "the releases are hostile",
    /^Cannot read the release "\$\(touch x\)"/,
    ["--releases=$(touch x)"],
  ],
  [
    "no release is of the phase",
    /^Cannot find a release of the phase "prod": earth\/staging/,
    ["--releases=earth/staging", "--phase=prod"],
  ],
  ["the phase is none", /Cannot read "--phase"/, ["--phase=$(touch x)"]],
  ["the dry run is neither", /Cannot read "--dry-run"/, ["--dry-run=yes"]],
];

for (const [when, line, arrange] of REFUSED) {
  Deno.test(`plan plans nothing where ${when}`, async () => {
    await using fleet = await DeployedFleet.create();
    const args = typeof arrange === "function" ? ["--releases="] : arrange;
    if (typeof arrange === "function") await arrange(fleet);
    const { code, out, err, outputs } = await fleet.plan({ event: "workflow_dispatch", args });
    assert.deepEqual([code === 0, out, outputs], [false, "", {}]);
    assert.match(err, line);
  });
}
