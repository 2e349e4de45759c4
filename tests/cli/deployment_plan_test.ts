/** `plan` where it deploys: over git, and GitHub on loopback. What it decides is tested apart. */
import assert from "node:assert/strict";
import { TOKEN } from "../github/fake_github.ts";
import { commit, owedUpgrade } from "../ledger/fleets.ts";
import { DeployedFleet, readLedger, releasesOf } from "./deployed_fleet.ts";
import { hubwright } from "./fake_io.ts";
import { earth } from "./repository.ts";

const PROD = earth("prod.values.yaml");
const ROVER = "config/clusters/azure.mars/rover.values.yaml";
const ALL = [
  ...["earth/support chart", "earth/staging"],
  ...["azure.mars/rover", "earth/prod"],
];
const SKIP = "deployer:skip-deploy";

Deno.test("plan says on a pull request what its merge deploys: nothing that the config pauses", async () => {
  await using fleet = await DeployedFleet.create((since) =>
    `{ ledger: { since: "${since}" }, paused: { earth: "moving" } }`
  );
  await fleet.push({ [PROD]: "a: 1\n", [ROVER]: "a: 1\n" });
  const planned = await fleet.plan({ event: "pull_request", before: "HEAD^1" });
  assert.deepEqual([planned.code, planned.err], [0, ""]);
  assert.deepEqual(
    [planned.plan?.support_and_staging, planned.plan?.prod.map(({ hub_name }) => hub_name)],
    [[], ["rover"]],
  );
  assert.deepEqual(planned.plan?.notices.map(({ message }) => message), [
    "earth is paused, and what it holds back stays owed: moving",
    "Cluster azure.mars has no staging hub: nothing gates its prod hubs in this plan",
  ]);
});

Deno.test("plan begins at the commit of the config where there is no record yet", async () => {
  await using fleet = await DeployedFleet.create();
  const { since, head: before } = fleet;
  const head = await fleet.push({ [PROD]: "a: 1\n" });
  const planned = await fleet.plan({ before });
  assert.deepEqual([planned.code, planned.err], [0, ""]);
  assert.deepEqual(releasesOf(planned), ["earth/staging", "earth/prod"]);
  assert.deepEqual(readLedger(planned.ledger), {
    environment: "hubs",
    head,
    record: null,
    as_of: since,
    bases: {},
    canaries: JSON.parse(planned.outputs["support-and-staging-matrix-jobs"] ?? ""),
    prod: JSON.parse(planned.outputs["prod-hub-matrix-jobs"] ?? ""),
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
  const planned = await fleet.plan({ before });
  assert.deepEqual(releasesOf(planned), ["azure.mars/rover"]);
  assert.deepEqual(fleet.takeCalls().sort(), ["GET commits/" + head + "/pulls", "GET deployments"]);
  const { record, as_of, bases } = readLedger(planned.ledger);
  assert.deepEqual({ record, as_of, bases }, { record: id, as_of: before, bases: {} });
});

Deno.test("plan makes up what is owed, and says since when and why", async () => {
  await using fleet = await DeployedFleet.create();
  const { since, head: before } = fleet;
  fleet.record(before, [owedUpgrade("azure.mars/rover", "failed", { base: since, run: 77 })]);
  await fleet.push({ [PROD]: "a: 1\n" });
  const planned = await fleet.plan({ before });
  assert.deepEqual(releasesOf(planned), ["earth/staging", "azure.mars/rover", "earth/prod"]);
  const [{ reason = "" } = {}] = planned.plan?.prod ?? [];
  assert.equal(reason, `${since.slice(0, 12)}: up to date then, failed in run 77 (rule: owed)`);
  assert.deepEqual(readLedger(planned.ledger).bases, { "azure.mars/rover": since });
});

Deno.test("plan makes up what was blocked from its base, and settles what nothing has touched", async () => {
  await using fleet = await DeployedFleet.create();
  const { since } = fleet;
  const before = await fleet.push({ [ROVER]: "a: 1\n" });
  fleet.record(
    before,
    ["azure.mars/rover", "earth/prod"].map((key) => owedUpgrade(key, "blocked", { base: since })),
  );
  await fleet.push({ "README.md": "Hello\n" });
  const planned = await fleet.plan({ before });
  assert.deepEqual(releasesOf(planned), ["azure.mars/rover"]);
  const { settled } = readLedger(planned.ledger);
  assert.deepEqual(settled, [{ cluster: "earth", release: "prod" }]);
});

Deno.test("plan plans the pushes whose runs were lost, each with its own labels", async () => {
  await using fleet = await DeployedFleet.create();
  fleet.record(fleet.head);
  const first = await fleet.push({ [PROD]: "a: 1\n" });
  // It can concern no release, and started no run.
  await fleet.push({ "docs/x.md": "" });
  const before = await fleet.push({ [ROVER]: "a: 1\n" }, SKIP);
  const head = await fleet.push({ "README.md": "Hello\n" });
  assert.deepEqual(releasesOf(await fleet.plan({ before })), ["earth/staging", "earth/prod"]);
  assert.deepEqual(
    fleet.takeCalls().sort(),
    [...[first, before, head].map((sha) => `GET commits/${sha}/pulls`), "GET deployments"].sort(),
  );
});

Deno.test("plan upgrades what a lost run deployed and a later commit takes back", async () => {
  await using fleet = await DeployedFleet.create();
  await fleet.push({ [PROD]: "a: 1\n" });
  fleet.record(fleet.head);
  const before = await fleet.push({ [PROD]: "a: 2\n" });
  await fleet.push({ [PROD]: "a: 1\n" });
  assert.deepEqual(releasesOf(await fleet.plan({ before })), ["earth/staging", "earth/prod"]);
  // As one push of two commits.
  const both = await fleet.plan({ before: fleet.recorded?.as_of ?? "" });
  assert.deepEqual(releasesOf(both), ["earth/staging", "earth/prod"]);
});

Deno.test("plan keeps what lost runs owe where this push's label skips it", async () => {
  await using fleet = await DeployedFleet.create();
  const base = fleet.head;
  fleet.record(base);
  const before = await fleet.push({ [PROD]: "a: 1\n" });
  await fleet.push({ [ROVER]: "a: 1\n" }, SKIP);
  const planned = await fleet.plan({ before });
  assert.deepEqual([planned.err, releasesOf(planned)], ["", []]);
  assert.deepEqual(readLedger(planned.ledger).held, [
    { cluster: "earth", release: "prod", why: "blocked" },
  ]);
});

Deno.test("plan plans everything after a force push, and says why", async () => {
  await using fleet = await DeployedFleet.create();
  const base = fleet.head;
  const gone = await fleet.push({ [ROVER]: "a: 1\n" });
  await fleet.repository.git("reset", "--quiet", "--hard", base);
  await fleet.push({ "README.md": "Hello\n" });
  for (const as_of of [gone, commit("d")]) {
    fleet.record(as_of, [owedUpgrade("earth/squid", "blocked", { base })]);
    const planned = await fleet.plan({ before: gone });
    assert.deepEqual(releasesOf(planned), ALL);
    assert.match(
      planned.plan?.prod[0]?.reason ?? "",
      new RegExp(`${as_of.slice(0, 12)}, which is deployed, is not in this history`),
    );
    const ledger = readLedger(planned.ledger);
    assert.deepEqual([ledger.as_of, ledger.head], [as_of, fleet.head]);
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
  const releases = releasesOf(await fleet.plan({ before })) ?? [];
  assert.ok(["earth/staging", "earth/prod"].every((key) => releases.includes(key)), `${releases}`);
  // Where a run before was lost as well, no label of this push is about what that one owes.
  fleet.github.deployments.all.length = 0;
  fleet.record(fork);
  fleet.pushed(fleet.head, SKIP);
  fleet.github.pullRequests.delete(2);
  const planned = await fleet.plan({ before });
  assert.deepEqual([planned.err, releasesOf(planned)], ["", []]);
  assert.ok(
    readLedger(planned.ledger).held.some(({ release }) => release === "rover"),
    planned.ledger,
  );
});

Deno.test("plan deploys nothing where what is deployed is newer, and says how to go on", async () => {
  await using fleet = await DeployedFleet.create();
  const [before, older] = [fleet.head, await fleet.push({ [PROD]: "a: 1\n" })];
  const newer = await fleet.push({ "README.md": "Hello\n" });
  fleet.record(newer, [owedUpgrade("azure.mars/rover")]);
  const planned = await fleet.plan({ before, head: older });
  assert.deepEqual([planned.code, releasesOf(planned), planned.ledger], [0, [], ""]);
  assert.equal(planned.outputs["prod-hub-matrix-jobs"], "[]");
  const [{ level, message = "" } = {}] = planned.plan?.notices ?? [];
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
  assert.deepEqual(releasesOf(await fleet.plan({ before, env })), ["earth/staging", "earth/prod"]);
  assert.deepEqual(fleet.takeCalls().filter((call) => call.includes("actions")), [
    "GET actions/runs/50",
    "GET actions/workflows/3/runs",
  ]);
  fleet.github.runs.push({ id: 60, run_number: 6 });
  const overtaken = await fleet.plan({ before, env });
  assert.deepEqual([releasesOf(overtaken), overtaken.ledger], [[], ""]);
  assert.match(
    overtaken.plan?.notices[0]?.message ?? "",
    /go back: run 60 may have deployed since/,
  );
  assert.deepEqual(releasesOf(await fleet.plan({ before })), ["earth/staging", "earth/prod"]);
});

Deno.test("plan makes up in a re-run what the attempt before left, and nothing else", async () => {
  await using fleet = await DeployedFleet.create();
  const before = fleet.head;
  const head = await fleet.push({ [PROD]: "a: 1\n", [ROVER]: "a: 1\n" });
  fleet.record(head, [owedUpgrade("azure.mars/rover", "lost", { base: before })]);
  fleet.github.runs.push({ id: 50, run_number: 5 });
  const planned = await fleet.plan({ before, env: { RERUN: "50" } });
  assert.deepEqual(releasesOf(planned), ["azure.mars/rover"]);
});

/** What people ask for by hand, and what is planned. */
const DISPATCHES: readonly (readonly [args: readonly string[], releases: readonly string[]])[] = [
  [["--releases="], ["azure.mars/rover"]],
  [["--releases=", "--phase=all"], ["azure.mars/rover"]],
  [["--releases=", "--phase=staging"], []],
  [["--releases=earth/prod"], ["earth/staging", "earth/prod"]],
  [["--releases=*/staging, azure.mars"], ["earth/staging", "azure.mars/rover"]],
  [["--releases=earth", "--phase=support"], ["earth/support chart"]],
];

for (const [args, releases] of DISPATCHES) {
  Deno.test(`plan plans what someone asks for by hand: ${args.join(" ")}`, async () => {
    await using fleet = await DeployedFleet.create();
    fleet.record(fleet.head, [owedUpgrade("azure.mars/rover", "failed")]);
    const planned = await fleet.plan({ event: "workflow_dispatch", args });
    assert.deepEqual([planned.err, releasesOf(planned)], ["", releases]);
    const { held } = readLedger(planned.ledger);
    assert.equal(held.length, releases.includes("azure.mars/rover") ? 0 : 1);
    assert.deepEqual(fleet.takeCalls(), ["GET deployments"]);
  });
}

Deno.test("plan shows a dry run, and lets no job have it", async () => {
  await using fleet = await DeployedFleet.create();
  const args = ["--releases=earth", "--phase=", "--dry-run=true"];
  const planned = await fleet.plan({ event: "workflow_dispatch", args });
  assert.equal(releasesOf(planned)?.length, 3);
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
  const planned = await fleet.plan({ event: "schedule", args: ["--releases=", "--phase="] });
  assert.deepEqual(releasesOf(planned), ["earth/staging", "azure.mars/rover", "earth/prod"]);
  assert.deepEqual(fleet.takeCalls().sort(), [`GET commits/${lost}/pulls`, "GET deployments"]);
});

Deno.test("plan holds what is paused in the config", async () => {
  await using fleet = await DeployedFleet.create((since) =>
    `{ ledger: { since: "${since}", environment: "fleet" }, paused: { earth: "moving" } }`
  );
  const before = fleet.head;
  await fleet.push({ [PROD]: "a: 1\n" });
  const planned = await fleet.plan({ before });
  assert.deepEqual([planned.err, releasesOf(planned)], ["", []]);
  const { environment, held } = readLedger(planned.ledger);
  assert.deepEqual({ environment, held }, {
    environment: "fleet",
    held: [{ cluster: "earth", release: "prod", why: "paused" }],
  });
});

Deno.test("plan plans by hand without a ledger where the config wants that, and asks for no record", async () => {
  await using fleet = await DeployedFleet.create(() => "{ dispatch: true }");
  const event = "workflow_dispatch";
  const planned = await fleet.plan({ event, args: ["--releases=azure.mars"] });
  assert.deepEqual([releasesOf(planned), planned.ledger], [["azure.mars/rover"], ""]);
  assert.deepEqual(fleet.takeCalls(), []);
  const nothing = await fleet.plan({ event, args: ["--releases="] });
  assert.deepEqual([nothing.code, nothing.outputs], [1, {}]);
  assert.match(
    nothing.err,
    /Cannot tell what to deploy: expected releases, found none; .*"ledger"/,
  );
});

Deno.test("plan plans by hand for people, without GitHub", async () => {
  await using fleet = await DeployedFleet.create();
  const planned = await fleet.plan({ event: "", args: ["--releases=earth/staging"] });
  assert.deepEqual([releasesOf(planned), planned.ledger], [["earth/staging"], ""]);
  assert.deepEqual(fleet.takeCalls(), []);
});

/** Where nothing may be planned, and what the line says. */
const REFUSED: readonly (readonly [
  when: string,
  arrange: (fleet: DeployedFleet) => unknown,
  line: RegExp,
  args?: readonly string[],
])[] = [
  [
    "the record cannot be read",
    ({ github }) => github.deployments.add({ version: 2 }, { sha: commit("a") }),
    /^Cannot read the ledger's newest record, deployment \d+ in the environment "hubs": /,
  ],
  [
    "the record is another tool's",
    ({ github }) => github.deployments.add("deploy main"),
    /write a right one with "gh api"/,
  ],
  [
    "the token may not read it",
    ({ github }) => github.tokens.set(TOKEN, new Set(["pull-requests: read"])),
    /403 .*"deployments: read"/,
  ],
  [
    "GitHub does not give the labels of a push that was lost",
    async (fleet) => {
      fleet.record(fleet.since);
      await fleet.push({ [PROD]: "a: 1\n" });
      fleet.github.tokens.set(TOKEN, new Set(["deployments: read"]));
    },
    /^Cannot read the labels of the pull request behind commit [0-9a-f]{40}: .*403/,
  ],
  [
    "the ledger begins at no commit of the history",
    async (fleet) => {
      const text = `export default { ledger: { since: "${commit("d")}" } };\n`;
      await fleet.push({ "./hubwright.config.ts": text });
    },
    /hubwright\.config\.ts: Cannot start the ledger at "ledger\.since", d{40}: expected a commit/,
  ],
  ["the releases are hostile", () => {}, /^Cannot read the release "\$\(touch x\)"/, [
    "--releases=$(touch x)",
  ]],
  [
    "no release is of the phase",
    () => {},
    /^Cannot find a release of the phase "prod": earth\/staging/,
    [
      "--releases=earth/staging",
      "--phase=prod",
    ],
  ],
  ["the phase is none", () => {}, /Cannot read "--phase"/, ["--phase=$(touch x)"]],
  ["the dry run is neither", () => {}, /Cannot read "--dry-run"/, ["--dry-run=yes"]],
];

for (const [when, arrange, line, args = ["--releases="]] of REFUSED) {
  Deno.test(`plan plans nothing where ${when}`, async () => {
    await using fleet = await DeployedFleet.create();
    await arrange(fleet);
    const { code, out, err, outputs } = await fleet.plan({ event: "workflow_dispatch", args });
    assert.deepEqual([code === 0, out, outputs], [false, "", {}]);
    assert.match(err, line);
  });
}
