import assert from "node:assert/strict";
import fc from "fast-check";
import { UserError } from "../../src/errors.ts";
import { parsePlan } from "../../src/github/parse_plan.ts";
import { BOUNDS } from "../../src/plan/bounds.ts";
import type { Cluster } from "../../src/plan/cluster.ts";
import { plan } from "../../src/plan/plan.ts";
import {
  changesOf,
  clusters as someClusters,
  inputOf,
  labels,
  rulePatterns,
  rulesFor,
} from "../plan/arbitraries.ts";
import { EMPTY, EXAMPLE, nasty } from "../report/arbitraries.ts";

/** The lines with which a text is refused. */
function complaints(text: string): readonly string[] {
  try {
    parsePlan(text, "plan.json");
  } catch (error) {
    assert.ok(error instanceof UserError, String(error));
    return error.message.split("\n");
  }
  assert.fail("it was accepted");
}

/** A name that `cluster.yaml` could have, for one that it could not have. */
const validName = (name: string) => name.toLowerCase().replace(/^_+|_+$/g, "");

const validCluster = (cluster: Cluster): Cluster => ({
  ...cluster,
  name: validName(cluster.name),
  hubs: cluster.hubs.map((hub) => ({ ...hub, name: validName(hub.name) })),
});

Deno.test("parsePlan() reads whatever plan() makes, be the names of files long or hostile", () => {
  const long = fc.oneof(nasty, nasty.map((text) => text.repeat(400)));
  const input = someClusters.map((clusters) => clusters.map(validCluster)).chain((clusters) =>
    fc.record({
      clusters: fc.constant(clusters),
      patterns: rulePatterns,
      changed: fc.oneof(
        { weight: 1, arbitrary: fc.record({ everything: long }) },
        {
          weight: 4,
          arbitrary: fc.tuple(
            changesOf(clusters),
            fc.array(long.map((name) => `deployer/${name}`), { maxLength: 8 }),
            fc.array(long.map((name) => `config/clusters/${name}`), { maxLength: 8 }),
          ).map((lists) => lists.flat()),
        },
      ),
      labels,
      label: fc.option(long),
      commit: fc.constantFrom("", "0".repeat(40), "a".repeat(64)),
    })
  );
  let planned = 0;
  fc.assert(
    fc.property(input, ({ clusters, patterns, changed, labels, label, commit }) => {
      const result = plan(inputOf({
        base: commit,
        head: commit,
        clusters,
        changed,
        rules: rulesFor(patterns, clusters),
        labels: { ...labels, deployHubs: label, skipDeploy: labels.skipDeploy && label },
      }));
      if (result.prod.length > 0) planned++;
      assert.deepEqual(parsePlan(JSON.stringify(result), "plan.json"), result);
    }),
    { seed: 1, numRuns: 150 },
  );
  assert.ok(planned > 45, `${planned} plans with prod hubs`);
});

const [LEG, PROD] = [EXAMPLE.support_and_staging[0], EXAMPLE.prod[0]];
assert.ok(LEG !== undefined && PROD !== undefined);

const leg = (...legs: readonly object[]) => ({
  support_and_staging: legs.map((more) => ({ ...LEG, ...more })),
});
const hub = (...hubs: readonly object[]) => ({ prod: hubs.map((more) => ({ ...PROD, ...more })) });

const NAME = "expected a name of a-z and 0-9";
const TWICE = "expected each release once, found";
const HASH = "expected the hash of a commit, or nothing";

/** What no plan claims, and how the line goes on. */
const CLAIMS: readonly (readonly [claim: object, line: string])[] = [
  [{ base: "main" }, `"base": ${HASH}, found "main"`],
  [{ head: "abcdef0" }, `"head": ${HASH}`],
  [{ head: `${"a".repeat(40)}\n` }, `"head": ${HASH}`],
  [leg({ cluster_name: "<b>" }), `"support_and_staging[0].cluster_name": ${NAME}`],
  [leg({ provider: "g c p" }), `"support_and_staging[0].provider": ${NAME}`],
  [leg({ staging_hubs: ["a", ".."] }), `"support_and_staging[0].staging_hubs[1]": ${NAME}`],
  [hub({}, { hub_name: "__proto__" }), `"prod[1].hub_name": ${NAME}`],
  [hub({ hub_name: "a\0b" }), `"prod[0].hub_name": ${NAME}`],
  [hub({ hub_name: "a".repeat(101) }), `"prod[0].hub_name": ${NAME}`],
  [leg({}, { staging_hubs: ["b"] }), `"support_and_staging[1].cluster_name": ${TWICE} "earth"`],
  [
    leg({ staging_hubs: ["b", "b"] }),
    `"support_and_staging[0].staging_hubs[1]": ${TWICE} "earth/b"`,
  ],
  [hub({}, {}), `"prod[1].hub_name": ${TWICE} "earth/demo"`],
  [{ ...leg({}), ...hub({ hub_name: "staging" }) }, `"prod[0].hub_name": ${TWICE} "earth/staging"`],
  [{ waves: [["a"], ["<b>"]] }, `"waves[1][0]": ${NAME}`],
  [{ waves: [["a"], ["b", "a"]] }, '"waves[1][1]": expected each cluster once, found "a"'],
  [
    { ...leg({}), waves: [["mars"]] },
    '"support_and_staging[0].cluster_name": expected a cluster of "waves", found "earth"',
  ],
  [
    { ...hub({}), waves: [] },
    '"prod[0].cluster_name": expected a cluster of "waves", found "earth"',
  ],
  [leg({ addons: ["a", "b c"] }), `"support_and_staging[0].addons[1]": ${NAME}`],
  [
    leg({ addons: ["a"], staging_hubs: ["a"] }),
    `"support_and_staging[0].staging_hubs[0]": ${TWICE} "earth/a"`,
  ],
  [
    leg({ upgrade_support: false, staging_hubs: [] }),
    '"support_and_staging[0]": expected a leg that upgrades something',
  ],
  [
    { ...leg({}), ...hub({ provider: "aws" }) },
    '"prod[0].provider": expected one provider for each cluster, found "aws"',
  ],
];

for (const [claim, line] of CLAIMS) {
  Deno.test(`parsePlan() says of a claim that no plan makes: ${line}`, () => {
    const [found = "", ...more] = complaints(JSON.stringify({ ...EMPTY, ...claim }));
    assert.ok(found.startsWith(`plan.json: Cannot read ${line}`), found);
    assert.doesNotMatch(found, /\p{C}/u);
    assert.deepEqual(more, []);
  });
}

const plain = JSON.stringify(EXAMPLE);

const NO_JSON = /^Cannot read it: expected a plan as JSON$/;
const LONG_LIST =
  /^Cannot read it: expected at most 10240 items in a list, and 200000 in all of them$/;
const DEEP = "[".repeat(100_000) + "]".repeat(100_000);
const KEYS = Array.from({ length: 20_000 }, (_, key) => [`k${key}`, 1] as const);
const json = (claim: object) => JSON.stringify({ ...EMPTY, ...claim });

/** What is not a plan, and how the first line goes on. */
const TEXTS: readonly (readonly [what: string, text: string, line: RegExp])[] = [
  ["nothing", "", NO_JSON],
  ["a byte order mark", `\ufeff${plain}`, NO_JSON],
  ["more behind it", `${plain}{}`, NO_JSON],
  ["a comment", `// a plan\n${plain}`, NO_JSON],
  ["null", "null", /^Cannot read it: expected a mapping, found nothing$/],
  ["a list", "[]", /^Cannot read it: expected a mapping, found a list$/],
  ["a key of its own", plain.replace("{", '{"x":1,'), /found the unknown key "x"/],
  ["a prototype", plain.replace("{", '{"__proto__":{},'), /the unknown key "__proto__"/],
  ["a constructor", plain.replace("{", '{"constructor":{},'), /the unknown key "constructor"/],
  [
    "a leg with a prototype",
    plain.replace('"prod":[{', '"prod":[{"__proto__":null,'),
    /^Cannot read "prod\[0\]": found the unknown key "__proto__"/,
  ],
  ["depth", DEEP, /^Cannot read it: expected a mapping/],
  [
    "depth in a list",
    plain.replace('"prod":[', `"prod":[${DEEP},`),
    /^Cannot read "prod\[0\]": expected a mapping, found a list$/,
  ],
  ["a long list of legs", json({ prod: Array(1_000_000).fill(1) }), LONG_LIST],
  [
    "many lists together",
    json(leg(...Array.from({ length: 10_000 }, () => ({ staging_hubs: Array(100).fill(1) })))),
    LONG_LIST,
  ],
  ["a long list of hubs", json(leg({ staging_hubs: Array(1_000_000).fill(1) })), LONG_LIST],
  [
    "a long name",
    json(hub({ hub_name: "A".repeat(1_000_000) })),
    /^Cannot read "prod\[0\]\.hub_name": expected a name of a-z and 0-9, .* found "A+/,
  ],
  [
    "a long reason",
    json(hub({ reason: "a".repeat(BOUNDS.text + 1) })),
    /^Cannot read "prod\[0\]\.reason": expected at most 2000 characters, found the text "a+/,
  ],
  [
    "many unknown keys",
    JSON.stringify(Object.fromEntries(KEYS)),
    /^Cannot read "version": expected 1, found nothing$/,
  ],
];

for (const [what, text, line] of TEXTS) {
  Deno.test(`parsePlan() refuses ${what} in short lines`, () => {
    const lines = complaints(text);
    assert.match(lines[0]?.replace(/^plan\.json: /, "") ?? "", line);
    assert.ok(lines.length <= 21 && lines.every((line) => line.length < 500));
    for (const line of lines) assert.doesNotMatch(line, /\p{C}/u);
  });
}

Deno.test("parsePlan() names twenty mistakes, and counts the others", () => {
  const prod = Array.from({ length: 256 }, (_, index) => ({ ...PROD, hub_name: `A${index}` }));
  const lines = complaints(JSON.stringify({ ...EMPTY, prod }));
  assert.equal(lines.length, 21);
  assert.equal(lines.at(-1), "plan.json: Cannot read it: found 236 more mistakes");
});

Deno.test("parsePlan() takes a leg that upgrades add-ons alone", () => {
  const alone = { upgrade_support: false, staging_hubs: [], addons: ["pods"], addons_reason: "a" };
  const plan = { ...EMPTY, ...leg(alone) };
  assert.deepEqual(parsePlan(JSON.stringify(plan), "plan.json"), plan);
});

Deno.test("parsePlan() takes a plan of as many legs as shards have room for, in waves", () => {
  const names = Array.from({ length: 1_000 }, (_, index) => `c${index}`);
  const plan = {
    ...EMPTY,
    waves: [names.slice(0, 1), names.slice(1)],
    ...leg(...names.map((cluster_name) => ({ cluster_name }))),
    ...hub(...names.map((cluster_name) => ({ cluster_name, provider: LEG.provider }))),
  };
  assert.deepEqual(parsePlan(JSON.stringify(plan), "plan.json"), plan);
});
