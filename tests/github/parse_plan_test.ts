import assert from "node:assert/strict";
import fc from "fast-check";
import { UserError } from "../../src/errors.ts";
import { parsePlan } from "../../src/github/parse_plan.ts";
import { BOUNDS } from "../../src/plan/bounds.ts";
import type { Cluster } from "../../src/plan/cluster.ts";
import { plan } from "../../src/plan/plan.ts";
import { buildRules } from "../../src/plan/rules.ts";
import type { Plan } from "../../src/plan/schema.ts";
import { changesOf, clusters as someClusters, labels, rulePatterns } from "../plan/arbitraries.ts";
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

Deno.test("parsePlan() reads a plan as it was written", () => {
  for (const plan of [EMPTY, EXAMPLE, { ...EXAMPLE, base: "0".repeat(40), head: "f".repeat(64) }]) {
    assert.deepEqual(parsePlan(JSON.stringify(plan), "plan.json"), plan);
  }
});

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
      const result = plan({
        base: commit,
        head: commit,
        clusters,
        changed,
        rules: buildRules(patterns, clusters),
        labels: { ...labels, deployHubs: label, skipDeploy: labels.skipDeploy && label },
      });
      if (result.prod.length > 0) planned++;
      assert.deepEqual(parsePlan(JSON.stringify(result), "plan.json"), result);
    }),
    { seed: 1, numRuns: 1_500 },
  );
  assert.ok(planned > 500, `${planned} plans with prod hubs`);
});

const [LEG, PROD] = [EXAMPLE.support_and_staging[0], EXAMPLE.prod[0]];
assert.ok(LEG !== undefined && PROD !== undefined);

const NAME_WANTED = "expected a name of a-z and 0-9";
const TWICE = "expected each release once";

/** What a plan claims that no plan does, and how the line goes on. */
const CLAIMS: readonly (readonly [what: string, plan: Partial<Plan>, line: string])[] = [
  ["a branch for a base", { base: "main" }, '"base": expected the hash of a commit, or nothing'],
  ["a short hash", { head: "abcdef0" }, '"head": expected the hash of a commit, or nothing'],
  ["a hash with a line break", { head: `${"a".repeat(40)}\n` }, '"head": expected the hash'],
  [
    "a cluster with markup",
    { support_and_staging: [{ ...LEG, cluster_name: "<b>" }] },
    `"support_and_staging[0].cluster_name": ${NAME_WANTED}`,
  ],
  [
    "a provider with a space",
    { support_and_staging: [{ ...LEG, provider: "g c p" }] },
    `"support_and_staging[0].provider": ${NAME_WANTED}`,
  ],
  [
    "a staging hub above",
    { support_and_staging: [{ ...LEG, staging_hubs: ["staging", ".."] }] },
    `"support_and_staging[0].staging_hubs[1]": ${NAME_WANTED}`,
  ],
  [
    "a hub that would be a prototype",
    { prod: [PROD, { ...PROD, hub_name: "__proto__" }] },
    `"prod[1].hub_name": ${NAME_WANTED}`,
  ],
  [
    "a hub with half a character",
    { prod: [{ ...PROD, hub_name: "a\ud800" }] },
    `"prod[0].hub_name": ${NAME_WANTED}`,
  ],
  [
    "a hub with a NUL",
    { prod: [{ ...PROD, hub_name: "a\0b" }] },
    `"prod[0].hub_name": ${NAME_WANTED}`,
  ],
  [
    "a hub with a long name",
    { prod: [{ ...PROD, hub_name: "a".repeat(101) }] },
    `"prod[0].hub_name": ${NAME_WANTED}`,
  ],
  [
    "a cluster twice",
    { support_and_staging: [LEG, { ...LEG, staging_hubs: ["other"] }] },
    `"support_and_staging[1].cluster_name": ${TWICE}, found "earth"`,
  ],
  [
    "a staging hub twice",
    { support_and_staging: [{ ...LEG, staging_hubs: ["staging", "staging"] }] },
    `"support_and_staging[0].staging_hubs[1]": ${TWICE}, found "earth/staging"`,
  ],
  [
    "a prod hub twice",
    { prod: [PROD, PROD] },
    `"prod[1].hub_name": ${TWICE}, found "earth/demo"`,
  ],
  [
    "a hub that is both staging and prod",
    { support_and_staging: [LEG], prod: [{ ...PROD, hub_name: "staging" }] },
    `"prod[0].hub_name": ${TWICE}, found "earth/staging"`,
  ],
  [
    "a leg that upgrades nothing",
    { support_and_staging: [{ ...LEG, upgrade_support: false, staging_hubs: [] }] },
    '"support_and_staging[0]": expected a leg that upgrades something',
  ],
  [
    "two providers of one cluster",
    { support_and_staging: [LEG], prod: [{ ...PROD, provider: "aws" }] },
    '"prod[0].provider": expected one provider for each cluster, found "aws"',
  ],
];

for (const [what, claim, line] of CLAIMS) {
  Deno.test(`parsePlan() refuses ${what}`, () => {
    const [found = "", ...more] = complaints(JSON.stringify({ ...EMPTY, ...claim }));
    assert.ok(found.startsWith(`plan.json: Cannot read ${line}`), found);
    assert.doesNotMatch(found, /\p{C}/u);
    assert.deepEqual(more, []);
  });
}

const plain = JSON.stringify(EXAMPLE);

/** What is no plan, and how the first line goes on. */
const TEXTS: readonly (readonly [what: string, text: string, line: RegExp])[] = [
  ["nothing", "", /^Cannot read it: expected a plan as JSON$/],
  ["a byte order mark", `\ufeff${plain}`, /^Cannot read it: expected a plan as JSON$/],
  ["more behind it", `${plain}{}`, /^Cannot read it: expected a plan as JSON$/],
  ["a comment", `// a plan\n${plain}`, /^Cannot read it: expected a plan as JSON$/],
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
  ["depth", "[".repeat(500_000) + "]".repeat(500_000), /^Cannot read it: expected a mapping/],
  [
    "depth in a list",
    plain.replace('"prod":[', `"prod":[${"[".repeat(500_000)}${"]".repeat(500_000)},`),
    /^Cannot read "prod\[0\]": expected a mapping, found a list$/,
  ],
  [
    "a long list of legs",
    JSON.stringify({ ...EMPTY, prod: Array(1_000_000).fill(1) }),
    /^Cannot read it: expected at most 256 items in each list$/,
  ],
  [
    "a long list of staging hubs",
    JSON.stringify({
      ...EMPTY,
      support_and_staging: [{ ...LEG, staging_hubs: Array(1_000_000).fill(1) }],
    }),
    /^Cannot read it: expected at most 256 items in each list$/,
  ],
  [
    "a long name that is none",
    JSON.stringify({ ...EMPTY, prod: [{ ...PROD, hub_name: "A".repeat(1_000_000) }] }),
    /^Cannot read "prod\[0\]\.hub_name": expected a name of a-z and 0-9, .* found "A+/,
  ],
  [
    "a long reason",
    JSON.stringify({ ...EMPTY, prod: [{ ...PROD, reason: "a".repeat(BOUNDS.text + 1) }] }),
    /^Cannot read "prod\[0\]\.reason": expected at most 2000 characters, found the text "a+/,
  ],
  [
    "many unknown keys",
    JSON.stringify(Object.fromEntries(Array.from({ length: 100_000 }, (_, key) => [`k${key}`, 1]))),
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
