import assert from "node:assert/strict";
import type { LedgerRecord, OwedUpgrade } from "../../src/ledger/ledger_record.ts";
import type { EndedRelease } from "../../src/ledger/outcomes.ts";
import { settle, type Settlement, settleOvertaken } from "../../src/ledger/settle.ts";
import { commit, owedUpgrade } from "./fleets.ts";

function named(key: string) {
  const [cluster = "", release = ""] = key.split("/");
  return { cluster, release };
}

/** Releases by `cluster/release`, with how they ended. */
const ended = (ends: Readonly<Record<string, EndedRelease["outcome"]>>): EndedRelease[] =>
  Object.entries(ends).map(([key, outcome]) => (
    { ...named(key), outcome, url: "", leg: "", steps: [] }
  ));

function settlement(given: Partial<Settlement>): Settlement {
  const nothing = { bases: {}, held: [], settled: [], ended: [] };
  return { head: commit("d"), as_of: commit("a"), run: 9, attempt: 2, ...nothing, ...given };
}

function record(...owed: readonly OwedUpgrade[]): LedgerRecord {
  return { version: 1, as_of: commit("a"), owed: [...owed], deployed: { [commit("a")]: ["x/y"] } };
}

const ours = { base: commit("a"), run: 9, attempt: 2 };

/** What was owed, what a run did, and what is owed after it. */
const CASES: readonly (readonly [
  criterion: string,
  before: readonly OwedUpgrade[],
  did: Partial<Settlement>,
  after: readonly OwedUpgrade[],
])[] = [
  ["owes nothing where everything succeeded", [owedUpgrade("lake/krill")], {
    ended: ended({ "lake/krill": "success", "lake/staging": "success" }),
  }, []],
  [
    "owes what did not succeed, from where it was up to date last",
    [owedUpgrade("lake/plankton", "blocked", { base: commit("0") })],
    {
      bases: { "lake/plankton": commit("0") },
      ended: ended({ "lake/krill": "failed", "lake/plankton": "lost", "lake/staging": "success" }),
    },
    [
      owedUpgrade("lake/krill", "failed", ours),
      owedUpgrade("lake/plankton", "lost", { ...ours, base: commit("0") }),
    ],
  ],
  ["owes what was blocked", [], { ended: ended({ "lake/krill": "blocked" }) }, [
    owedUpgrade("lake/krill", "blocked", ours),
  ]],
  [
    "says of what was not begun that it was asked for",
    [owedUpgrade("lake/eel", "blocked", { asked: true })],
    {
      asked: ["lake/cod", "lake/krill", "lake/plankton"],
      ended: ended({ "lake/krill": "blocked", "lake/plankton": "failed" }),
      held: [{ ...named("lake/cod"), why: "paused" }],
    },
    [
      owedUpgrade("lake/cod", "paused", { ...ours, asked: true }),
      owedUpgrade("lake/eel", "blocked", { asked: true }),
      owedUpgrade("lake/krill", "blocked", { ...ours, asked: true }),
      owedUpgrade("lake/plankton", "failed", ours),
    ],
  ],
  ["owes what is held back", [], {
    held: [{ ...named("lake/krill"), why: "paused" }, { ...named("lake/cod"), why: "blocked" }],
  }, [owedUpgrade("lake/cod", "blocked", ours), owedUpgrade("lake/krill", "paused", ours)]],
  [
    "keeps unknown what was begun once, whatever holds it up afterwards",
    [owedUpgrade("lake/cod", "failed"), owedUpgrade("lake/krill", "lost")],
    {
      ended: ended({ "lake/krill": "blocked" }),
      held: [{ ...named("lake/cod"), why: "paused" }],
    },
    [owedUpgrade("lake/cod", "failed"), owedUpgrade("lake/krill", "lost")],
  ],
  [
    "says how the last attempt of an upgrade ended",
    [owedUpgrade("lake/krill", "failed", { base: commit("a") })],
    { ended: ended({ "lake/krill": "cancelled" }) },
    [owedUpgrade("lake/krill", "cancelled", ours)],
  ],
  ["forgets what is up to date, or not there any more", [owedUpgrade("lake/krill")], {
    settled: [named("lake/krill")],
  }, []],
  [
    "keeps what the run says nothing of",
    [owedUpgrade("pond/newt", "blocked")],
    { ended: ended({ "lake/krill": "success" }) },
    [owedUpgrade("pond/newt", "blocked")],
  ],
];

for (const [criterion, before, did, after] of CASES) {
  Deno.test(`settle() ${criterion}`, () => {
    const { as_of, owed } = settle(record(...before), settlement(did));
    assert.deepEqual({ as_of, owed }, { as_of: commit("d"), owed: after });
  });
}

Deno.test("settle() says what was deployed, and only that", () => {
  const ends = ended({ "lake/staging": "success", "lake/krill": "failed", "a/b": "success" });
  assert.deepEqual(settle(record(), settlement({ ended: ends })).deployed, {
    [commit("d")]: ["a/b", "lake/staging"],
  });
  assert.equal(settle(record(), settlement({})).deployed, undefined);
});

Deno.test("settleOvertaken() keeps the other run's commit, and owes again what was begun", () => {
  const other = { ...record(owedUpgrade("lake/cod", "blocked")), as_of: commit("f") };
  const ends = ended({ "lake/cod": "success", "lake/krill": "failed", "lake/newt": "blocked" });
  assert.deepEqual(settleOvertaken(other, settlement({ ended: ends })), {
    version: 1,
    as_of: commit("f"),
    owed: [owedUpgrade("lake/cod", "lost", ours), owedUpgrade("lake/krill", "lost", ours)],
  });
});
