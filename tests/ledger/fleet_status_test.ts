import assert from "node:assert/strict";
import { fleetStatus, type StatusInput } from "../../src/ledger/fleet_status.ts";
import { OWED_OUTCOMES, releaseKey } from "../../src/ledger/ledger_record.ts";
import { idlePauses } from "../../src/ledger/pauses.ts";
import { clusterOf, commit, owedUpgrade, stored } from "./fleets.ts";

const LAKE = clusterOf("lake", "plankton", "staging", "krill");

/** The status of a fleet of one cluster. */
function statusOf(input: Partial<StatusInput>) {
  return fleetStatus({ clusters: [LAKE], since: commit("0"), paused: {}, records: [], ...input });
}

/** How one release is. */
function releaseOf(key: string, input: Partial<StatusInput>) {
  const { releases } = statusOf(input);
  const found = releases.find((release) => releaseKey(release) === key);
  assert.ok(found, key);
  return found;
}

Deno.test("fleetStatus() lists the releases of a cluster in the order in which they are upgraded, as pauses know them", () => {
  const addons = [{ name: "pods", valuesFiles: [], upgrade: "helm upgrade pods" }];
  const clusters = [{ ...LAKE, addons }, { ...clusterOf("sea"), support: null }];
  const { releases } = statusOf({ clusters });
  assert.deepEqual(
    idlePauses({ "lake/pods": "x", "lake/pod": "x" }, clusters).map(({ name }) => name),
    [
      "lake/pod",
    ],
  );
  assert.deepEqual(releases.map(({ release, phase }) => [release, phase]), [
    ["support chart", "support"],
    ["pods", "support"],
    ["staging", "staging"],
    ["plankton", "prod"],
    ["krill", "prod"],
  ]);
});

Deno.test("fleetStatus() counts everything as up to date at the beginning where there is no record", () => {
  const { as_of, record, releases } = statusOf({});
  assert.deepEqual([as_of, record], [commit("0"), null]);
  for (const { state, commit: at, commit_is } of releases) {
    assert.deepEqual([state, at, commit_is], ["current", commit("0"), "up to date"]);
  }
});

for (const outcome of OWED_OUTCOMES) {
  const begun = outcome !== "blocked" && outcome !== "paused";
  Deno.test(`fleetStatus() tells the state of a release that is owed since it was ${outcome}`, () => {
    const records = [stored(1, { owed: [owedUpgrade("lake/plankton", outcome, { attempt: 2 })] })];
    assert.deepEqual(releaseOf("lake/plankton", { records }), {
      cluster: "lake",
      release: "plankton",
      phase: "prod",
      state: begun ? "unknown" : "owed",
      commit: commit("b"),
      commit_is: "up to date",
      owed: {
        base: commit("b"),
        outcome,
        run: 456,
        attempt: 2,
        since: "2026-11-01T01:00:00.000Z",
      },
      paused: null,
    });
    const paused = { "lake/plankton": "exams" };
    const held = releaseOf("lake/plankton", { records, paused });
    assert.deepEqual([held.state, held.paused], [begun ? "unknown" : "paused", "exams"]);
    assert.equal(releaseOf("lake/krill", { records, paused }).state, "current");
  });
}

Deno.test("fleetStatus() knows what the config pauses: a release before its cluster", () => {
  const paused = { lake: "moving", "lake/krill": "exams", "lake/support chart": "cert-manager" };
  const { releases } = statusOf({ clusters: [LAKE, clusterOf("sea")], paused });
  assert.deepEqual(releases.map(({ state, paused }) => [state, paused]), [
    ["paused", "cert-manager"],
    ["paused", "moving"],
    ["paused", "moving"],
    ["paused", "exams"],
    ["current", null],
  ]);
});

Deno.test("fleetStatus() tells since when a release is owed, without a break", () => {
  const owed = [owedUpgrade("lake/plankton", "blocked")];
  const since = (...hours: readonly [hour: number, owed: boolean][]) =>
    releaseOf("lake/plankton", {
      records: hours.map(([hour, isOwed]) => stored(hour, { owed: isOwed ? owed : [] })),
    }).owed?.since.slice(11, 13);
  assert.equal(since([9, true]), "09");
  assert.equal(since([9, true], [8, true], [7, false], [6, true]), "08");
  assert.equal(since([9, true], [8, true]), "08");
  assert.equal(since([9, false], [8, true]), undefined);
});

Deno.test("fleetStatus() tells which commit deployed a release last", () => {
  const deployedBy = (letter: string, ...keys: string[]) => ({
    deployed: { [commit(letter)]: keys },
  });
  const records = [
    stored(9, { as_of: commit("9") }),
    stored(8, deployedBy("8", "lake/plankton")),
    stored(7, deployedBy("7", "lake/plankton", "lake/staging")),
    stored(6, { ...deployedBy("6"), deployed: undefined }),
    stored(5, deployedBy("5", "lake/krill")),
  ];
  const commitOf = (key: string, more = records) => {
    const { commit, commit_is } = releaseOf(key, { records: more });
    return `${commit[0]} ${commit_is}`;
  };
  assert.equal(commitOf("lake/plankton"), "8 deployed");
  assert.equal(commitOf("lake/staging"), "7 deployed");
  // The record between says nothing of what it deployed, which may have been this.
  assert.equal(commitOf("lake/krill"), "9 up to date");
  assert.equal(commitOf("lake/krill", records.toSpliced(3, 1)), "5 deployed");
});

Deno.test("fleetStatus() lists what is owed to releases that the fleet does not have", () => {
  const gone = [owedUpgrade("lake/squid"), owedUpgrade("pond/staging")];
  const { releases, ...status } = statusOf({
    records: [stored(1, { owed: [...gone, owedUpgrade("lake/krill")] })],
  });
  assert.deepEqual(status.gone, gone);
  assert.equal(releases.length, 4);
});

Deno.test("fleetStatus() says which record it is from", () => {
  const { as_of, record } = statusOf({ records: [stored(9, { as_of: commit("9") }), stored(8)] });
  assert.equal(as_of, commit("9"));
  assert.deepEqual(record, {
    id: 309,
    writtenAt: "2026-11-01T09:00:00.000Z",
    writtenBy: "github-actions[bot]",
  });
});
