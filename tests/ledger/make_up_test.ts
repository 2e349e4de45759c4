import assert from "node:assert/strict";
import fc from "fast-check";
import { plannedReleases } from "../../src/ledger/ledger_output.ts";
import { type OwedUpgrade, releaseKey } from "../../src/ledger/ledger_record.ts";
import { type MadeUp, makeUp, type Past, planChange } from "../../src/ledger/make_up.ts";
import { select } from "../../src/ledger/selection.ts";
import type { Cluster } from "../../src/plan/cluster.ts";
import type { LabelEffects } from "../../src/plan/labels.ts";
import { matrixJobs } from "../../src/plan/matrix.ts";
import { plan } from "../../src/plan/plan.ts";
import type { Waves } from "../../src/plan/waves.ts";
import { change, inputOf, labels, patterns } from "../plan/arbitraries.ts";
import { clusterOf, commit, owedUpgrade } from "./fleets.ts";

const LAKE = clusterOf("lake", "staging", "krill", "plankton");
const POND = clusterOf("pond", "newt");
const SEA = clusterOf("sea", "staging");
const WAVES = ["lake", "pond", "*"].map((glob) => patterns(glob));

interface Given extends Omit<Partial<Past>, "record"> {
  readonly clusters?: readonly Cluster[];
  readonly owed?: readonly OwedUpgrade[];
  readonly labels?: Partial<LabelEffects>;
  readonly gate?: "cluster" | "fleet";
  readonly waves?: Waves;
  /** What this push itself changes. */
  readonly changed?: readonly string[];
}

/** Makes up for a record at commit `a`. */
function made(
  { clusters = [POND, LAKE], owed = [], labels, changed = [], gate = "cluster", ...given }: Given,
) {
  const { waves, ...past } = given;
  const input = inputOf({ clusters, changed, gate, waves, labels });
  return makeUp(input, {
    record: { version: 1, as_of: commit("a"), owed: [...owed] },
    start: commit("a"),
    steps: [],
    own: 0,
    paused: {},
    ...past,
  });
}

/** A push that upgrades releases. */
function step(letter: string, ...keys: readonly string[]) {
  const cause = { rule: "values file", subjects: [`${letter}.yaml`] };
  return { commit: commit(letter), causes: new Map(keys.map((key) => [key, [cause]])) };
}

/** What is upgraded, by the keys of releases. */
function upgraded({ plan }: MadeUp): string[] {
  return plannedReleases(matrixJobs(plan)).map(releaseKey);
}

const held = ({ held }: MadeUp) => held.map((each) => `${releaseKey(each)} ${each.why}`);

const settled = ({ settled }: MadeUp) => settled.map(releaseKey);

type Case = readonly [
  criterion: string,
  given: Given,
  upgraded: readonly string[],
  held?: readonly string[],
  settled?: readonly string[],
];

const SKIP_ALL = { skipDeploy: "deployer:skip-deploy" };
const SKIP_HUBS = { skipDeployHubs: "deployer:skip-deploy-hubs" };
const changed = [LAKE.file];
const WHOLE = ["lake/support chart", "lake/staging", "lake/krill", "lake/plankton"];
const NEWT = [step("b", "pond/newt")];
const ONLY_PROD = select({ releases: [], phase: "prod" });
const KRILL = select({ releases: ["lake/krill"] });
const blocked = (base: string) => [owedUpgrade("pond/newt", "blocked", { base: commit(base) })];
/** Owed since before the record: what changed since then is `b`, and `a` itself. */
const OLD = { start: commit("0"), steps: [step("b", "pond/newt"), step("a"), step("c")] };

/** An add-on that failed. */
const PODS = {
  clusters: [{
    ...clusterOf("sea", "staging"),
    addons: [{ name: "pods", valuesFiles: [], upgrade: "helm upgrade pods" }],
  }],
  owed: [owedUpgrade("sea/pods")],
};

const CASES: readonly Case[] = [
  ["upgrades nothing where nothing is owed and nothing changed", {}, []],
  ["upgrades what this push changes, as without a ledger", { changed }, WHOLE],
  ["joins what each push since the record has touched", {
    steps: [...NEWT, step("c"), step("d", "lake/support chart")],
  }, ["lake/support chart", "pond/newt"]],
  // In the end nothing differs from the record.
  ["upgrades what one commit touched although this push takes it back", {
    ...{ steps: [...NEWT, step("c", "pond/newt")], own: 1 },
  }, ["pond/newt"]],
  ["lets the staging hubs go before an owed prod hub", {
    owed: [owedUpgrade("lake/krill", "failed", { base: commit("a") })],
  }, ["lake/staging", "lake/krill"]],
  ["makes up what was attempted, whatever changed", {
    owed: [
      owedUpgrade("lake/support chart"),
      owedUpgrade("lake/staging", "cancelled"),
      owedUpgrade("lake/krill", "lost"),
    ],
  }, WHOLE.slice(0, 3)],
  [
    "settles what was blocked where nothing of it has changed since its base",
    {
      ...OLD,
      owed: [owedUpgrade("lake/krill", "blocked", { base: commit("0") })],
    },
    [],
    [],
    ["lake/krill"],
  ],
  ["makes up what was blocked from its base, not from the record", {
    ...{ ...OLD, owed: blocked("0") },
  }, ["pond/newt"]],
  ["upgrades nothing again that changed before the record, and is not owed", OLD, []],
  ["makes up what was blocked where its base is in no history", { owed: blocked("9") }, [
    "pond/newt",
  ]],
  ["upgrades everything where the record is in no history", { everything: "gone" }, [
    ...[...WHOLE.slice(0, 2), "pond/support chart", ...WHOLE.slice(2), "pond/newt"],
  ]],
  [
    "keeps unknown what it does not upgrade where the record is in no history",
    {
      ...{ everything: "gone", labels: SKIP_ALL, clusters: [POND], owed: blocked("b") },
    },
    [],
    ["pond/newt blocked", "pond/support chart blocked"],
  ],
  [
    "keeps unknown what it does not upgrade where this push replaced another",
    {
      ...{ everything: "replaced", replaced: commit("9"), labels: SKIP_HUBS, clusters: [POND] },
      owed: blocked("b"),
    },
    ["pond/support chart"],
    ["pond/newt blocked"],
  ],
  [
    "settles what is not there any more",
    {
      owed: [owedUpgrade("lake/squid"), owedUpgrade("sea/staging", "paused")],
    },
    [],
    [],
    ["lake/squid", "sea/staging"],
  ],

  ["takes what this push's label skips for handled", {
    ...{ labels: SKIP_ALL, changed, steps: NEWT, own: 1 },
  }, []],
  [
    "keeps what earlier pushes owe where a label skips this one",
    {
      ...{ labels: SKIP_ALL, steps: [...NEWT, step("c", "lake/krill")], own: 1 },
      owed: [owedUpgrade("lake/plankton")],
    },
    [],
    ["lake/plankton blocked", "pond/newt blocked"],
  ],
  [
    "skips hubs alone where the label says so",
    {
      ...{ labels: SKIP_HUBS, changed },
      owed: [owedUpgrade("pond/newt"), owedUpgrade("pond/support chart")],
    },
    ["lake/support chart", "pond/support chart"],
    ["pond/newt blocked"],
  ],

  [
    "holds a paused release, and no other",
    { changed, paused: { "lake/krill": "moving" } },
    WHOLE.filter((key) => key !== "lake/krill"),
    ["lake/krill paused"],
  ],
  [
    "holds a paused cluster",
    { changed, paused: { lake: "moving" } },
    [],
    WHOLE.map((key) => `${key} paused`),
  ],
  [
    "lets no prod hub of a fleet that is one gate go without a paused staging hub",
    {
      ...{ gate: "fleet", steps: NEWT, paused: { "lake/staging": "moving" } },
    },
    [],
    ["pond/newt blocked"],
  ],
  [
    "lets prod hubs of a fleet that is one gate wait for a canary that is owed",
    {
      ...{ gate: "fleet", owed: [owedUpgrade("lake/staging")], steps: NEWT, selection: ONLY_PROD },
    },
    [],
    ["lake/staging blocked", "pond/newt blocked"],
  ],
  [
    "lets prod hubs wait for a canary that changed since the record, where only they are wanted",
    {
      steps: [step("b", "lake/staging", "lake/krill", "pond/newt")],
      selection: ONLY_PROD,
    },
    ["pond/newt"],
    ["lake/staging blocked", "lake/krill blocked"],
  ],
  [
    "lets prod hubs wait for a canary of an earlier wave, where only they are wanted",
    {
      waves: WAVES,
      owed: [owedUpgrade("lake/staging")],
      steps: [step("b", "lake/krill", "pond/newt")],
      selection: ONLY_PROD,
    },
    [],
    ["pond/newt blocked", "lake/staging blocked", "lake/krill blocked"],
  ],
  [
    "lets prod hubs wait for no paused canary of an earlier wave, and for none of a later one",
    {
      waves: WAVES,
      clusters: [POND, LAKE, SEA],
      owed: [owedUpgrade("lake/staging"), owedUpgrade("sea/staging")],
      steps: NEWT,
      paused: { "lake/staging": "moving" },
      selection: ONLY_PROD,
    },
    ["pond/newt"],
    ["lake/staging paused", "sea/staging blocked"],
  ],
  [
    "lets no prod hub go without its paused staging hub",
    { changed, paused: { "lake/staging": "moving" } },
    ["lake/support chart"],
    ["lake/staging paused", "lake/krill blocked", "lake/plankton blocked"],
  ],
  [
    "lets hubs go while the support chart is paused",
    { changed, paused: { "lake/support chart": "moving" } },
    WHOLE.slice(1),
    ["lake/support chart paused"],
  ],
  [
    "holds what is paused although it was attempted, and asked for by hand",
    {
      ...{ paused: { "pond/newt": "moving" }, owed: [owedUpgrade("pond/newt")] },
      selection: select({ releases: ["pond/newt"] }),
    },
    [],
    ["pond/newt paused"],
  ],
  ["pauses no cluster whose name objects have", {
    clusters: [clusterOf("constructor", "newt")],
    steps: [step("b", "constructor/newt")],
  }, ["constructor/newt"]],

  [
    "makes up what was asked for and blocked, whatever changed",
    { owed: [owedUpgrade("pond/newt", "blocked", { base: commit("a"), asked: true })] },
    ["pond/newt"],
  ],
  ["upgrades what is asked for by hand, and its staging hubs first", { selection: KRILL }, [
    ...["lake/staging", "lake/krill"],
  ]],
  [
    "keeps what is owed and not asked for",
    {
      ...{ steps: NEWT, owed: [owedUpgrade("lake/plankton")], selection: KRILL },
    },
    ["lake/staging", "lake/krill"],
    ["lake/plankton blocked", "pond/newt blocked"],
  ],
  ["does not hold a staging hub that goes with a prod hub that is asked for", {
    ...{ owed: [owedUpgrade("lake/staging")], selection: KRILL },
  }, ["lake/staging", "lake/krill"]],
  ["upgrades one phase of what is asked for", {
    selection: select({ releases: ["lake"], phase: "prod" }),
  }, ["lake/krill", "lake/plankton"]],
  [
    "makes up one phase of what is owed",
    {
      owed: [owedUpgrade("lake/staging"), owedUpgrade("lake/krill")],
      selection: select({ releases: [], phase: "staging" }),
    },
    ["lake/staging"],
    ["lake/krill blocked"],
  ],
  ["makes up an add-on that failed, though hubs are skipped", { ...PODS, labels: SKIP_HUBS }, [
    "sea/pods",
  ]],
  ["holds back a paused add-on", { ...PODS, paused: { "sea/pods": "moving" } }, [], [
    "sea/pods paused",
  ]],
  ["upgrades add-ons in the phase of the support charts", {
    ...{ ...PODS, selection: select({ releases: [], phase: "support" }) },
  }, ["sea/pods"]],
  [
    "upgrades add-ons in no other phase",
    {
      ...{ ...PODS, selection: select({ releases: [], phase: "staging" }) },
    },
    [],
    ["sea/pods blocked"],
  ],
  ["makes up all that is owed where nothing is asked for", {
    ...{ steps: NEWT, owed: [owedUpgrade("lake/support chart", "lost")] },
    selection: select({ releases: [] }),
  }, ["lake/support chart", "pond/newt"]],
];

for (const [criterion, given, expected, hold = [], settle = []] of CASES) {
  Deno.test(`makeUp() ${criterion}`, () => {
    const answer = made(given);
    assert.deepEqual(upgraded(answer), expected);
    assert.deepEqual(held(answer).sort(), hold.toSorted());
    assert.deepEqual(settled(answer).sort(), settle);
    const { owed = [], everything, replaced = commit("a") } = given;
    const bases = [...expected, ...hold].map((line) => line.replace(/ (?:blocked|paused)$/, ""))
      .map((key) => {
        const own = owed.find((each) => releaseKey(each) === key)?.base;
        return [key, everything === undefined ? own ?? commit("a") : replaced] as const;
      }).filter(([, base]) => base !== commit("a"));
    assert.deepEqual(answer.bases, Object.fromEntries(bases));
  });
}

Deno.test("makeUp() says why, and since when, in the plan", () => {
  const { plan } = made({
    steps: NEWT,
    owed: [owedUpgrade("pond/newt", "lost", { run: 77, base: commit("a") })],
    selection: select({ releases: ["*/newt"] }),
  });
  assert.equal(
    plan.prod[0]?.reason,
    '"*/newt" (rule: asked for by hand); aaaaaaaaaaaa: up to date then, lost in run 77 (rule: owed); ' +
      "b.yaml (rule: values file)",
  );
});

Deno.test("makeUp() says what is paused, once, and why", () => {
  const { plan } = made({ changed, paused: { lake: "moving \u202e to \n::error::x" } });
  assert.deepEqual(plan.notices, [{
    level: "notice",
    message: "lake is paused, and what it holds back stays owed: moving \\u{202e} to \\n::error::x",
  }]);
  assert.deepEqual(made({ paused: { lake: "moving" } }).plan.notices, []);
});

Deno.test("makeUp() says what a label or a person asks for, or did, and nothing else", () => {
  const asked = (given: Given) => [...made(given).asked].sort();
  const label = step("b");
  label.causes.set("pond/newt", [{ rule: "label", subjects: ["deploy"] }]);
  assert.deepEqual(asked({ changed, steps: NEWT }), []);
  assert.deepEqual(asked({ labels: { deploySupport: "all" } }), [
    ...["lake/support chart", "pond/support chart"],
  ]);
  assert.deepEqual(asked({ steps: [label] }), ["pond/newt"]);
  assert.deepEqual(asked({ selection: KRILL, changed }), ["lake/krill"]);
  const owed = [owedUpgrade("pond/newt", "paused", { base: commit("a"), asked: true })];
  assert.deepEqual(asked({ owed, paused: { pond: "moving" } }), ["pond/newt"]);
});

Deno.test("planChange() plans a change as plan() does where nothing of it is paused", () => {
  fc.assert(
    fc.property(change, labels, (given, labels) => {
      const input = inputOf({ ...given, labels });
      assert.deepEqual(planChange(input, { nowhere: "moving" }), plan(input));
    }),
    { seed: 1, numRuns: 300 },
  );
});
