import assert from "node:assert/strict";
import { releaseKey } from "../../src/ledger/ledger_record.ts";
import { PHASES, releasesOf } from "../../src/plan/releases.ts";
import { type Asked, select, selectionProblems } from "../../src/ledger/selection.ts";
import { clusterOf } from "./fleets.ts";

const FLEET = [
  clusterOf("lake", "staging", "krill", "plankton"),
  clusterOf("lake-2", "staging"),
  clusterOf("azure.pond", "dask-staging"),
].flatMap(releasesOf);
const KEYS = FLEET.map(releaseKey);

function selected(asked: Asked): string[] {
  const { includes } = select(asked);
  return FLEET.filter(includes).map(releaseKey);
}

const LAKE = ["lake/support chart", "lake/staging", "lake/krill", "lake/plankton"];

const CASES: readonly (readonly [releases: readonly string[], selected: readonly string[]])[] = [
  [["lake"], LAKE],
  [["lake/krill"], ["lake/krill"]],
  [["lake/support chart"], ["lake/support chart"]],
  [["*/staging"], ["lake/staging", "lake-2/staging"]],
  [["*/*staging"], ["lake/staging", "lake-2/staging", "azure.pond/dask-staging"]],
  [["lake*/s*"], ["lake/support chart", "lake/staging", "lake-2/support chart", "lake-2/staging"]],
  [["lake/p*n", "azure.pond"], [
    "lake/plankton",
    "azure.pond/support chart",
    "azure.pond/dask-staging",
  ]],
  [["azure*pond/d*"], ["azure.pond/dask-staging"]],
  [["*"], KEYS],
  [[], KEYS],
];

for (const [releases, expected] of CASES) {
  Deno.test(`select() selects what ${JSON.stringify(releases)} names, and nothing else`, () => {
    assert.deepEqual(selected({ releases }), expected);
    assert.deepEqual(selectionProblems({ releases }, FLEET), []);
  });
}

for (const phase of PHASES) {
  Deno.test(`select() selects one phase: ${phase}`, () => {
    const expected = FLEET.filter((release) => release.phase === phase);
    assert.equal(selected({ releases: [], phase }).length, expected.length);
    assert.deepEqual(
      selected({ releases: ["lake"], phase }),
      expected.filter(({ cluster }) => cluster === "lake").map(releaseKey),
    );
  });
}

Deno.test("select() lets staging hubs go first unless a phase is asked for", () => {
  assert.equal(select({ releases: ["lake"] }).canaries, true);
  assert.equal(select({ releases: ["lake"], phase: "prod" }).canaries, false);
});

/** What no one may ask for, and what the line says. */
const WRONG: readonly (readonly [text: string, problem: RegExp])[] = [
  ["sea", /^Cannot find the release "sea": there is none .* azure\.pond, lake, lake-2$/],
  ["lake/squid", /^Cannot find the release "lake\/squid"/],
  ["lake/planktn", /^Cannot find the release .*; did you mean "lake\/plankton"\?$/],
  ["*/squid*", /^Cannot find/],
  ["lake.", /^Cannot find/],
  ["lake/", /^Cannot read the release "lake\/"/],
  ["lake/staging/x", /^Cannot read/],
  ["lake/my hub", /^Cannot read/],
  ["$(touch x)", /^Cannot read the release "\$\(touch x\)": expected CLUSTER or CLUSTER\/RELEASE/],
  ["lake\n::error::x", /^Cannot read the release "lake\\n::error::x"/],
  ["lake\u202e", /^Cannot read the release "lake\\u\{202e\}"/],
  ["lake?", /^Cannot read/],
  ["[a-z]", /^Cannot read/],
  ["..", /^Cannot find/],
];

for (const [text, problem] of WRONG) {
  Deno.test(`selectionProblems() refuses ${JSON.stringify(text)}`, () => {
    const problems = selectionProblems({ releases: ["lake", text] }, FLEET);
    assert.equal(problems.length, 1);
    assert.match(problems[0] ?? "", problem);
  });
}

Deno.test("selectionProblems() takes no longer for many stars", () => {
  const release = "a".repeat(100);
  const text = `lake/${"*a".repeat(5_000)}b`;
  assert.equal(selectionProblems({ releases: [text] }, [{ cluster: "lake", release }]).length, 1);
});
