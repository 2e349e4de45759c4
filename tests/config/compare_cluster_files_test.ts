import assert from "node:assert/strict";
import fc from "fast-check";
import { compareClusterFiles } from "../../src/config/compare_cluster_files.ts";
import { parseClusterFile } from "../../src/config/cluster_file.ts";
import type { ClusterChange, InertKeys } from "../../src/plan/cluster_change.ts";

const NONE: InertKeys = { cluster: [], hub: [] };

type Compared = Extract<ClusterChange, { readonly kind: "compared" }>;

function compared(before: string, after: string, inert = NONE): Compared {
  const change = compareClusterFiles(before, after, inert);
  assert.ok(change.kind === "compared", `${change.kind === "unknown" && change.why}`);
  return change;
}

function isSame(before: string, after: string): boolean {
  return compared(before, after).cluster.length === 0;
}

/** Why everything on the cluster counts as changed. */
function why(before: string | undefined, after: string): string {
  const change = compareClusterFiles(before, after, NONE);
  assert.ok(change.kind === "unknown", JSON.stringify(change));
  return change.why;
}

for (
  const [what, before, after] of [
    ["comments", "a: 1", "# one\na: 1 # two\n"],
    ["the order of keys", "a: 1\nb: {c: 1, d: 2}", "b: {d: 2, c: 1}\na: 1"],
    ["quotes around text", "a: gcp\nb: two words", "a: 'gcp'\nb: \"two words\""],
    ["flow and block style", "a: {b: [x, y]}", "a:\n  b:\n  - x\n  - y\n"],
    ["indentation and blank lines", "a:\n  b: x", "\n\na:\n      b:   x\n\n"],
    ["block text", "a: |\n  x\n  y\n", 'a: "x\\ny\\n"'],
    ["folded text", "a: >-\n  x\n  y\n", "a: x y"],
    ["Windows line ends", "a: |\n  x\nb: y z\n", "a: |\r\n  x\r\nb: y\r\n  z\r\n"],
    ["a byte order mark", "a: x", "\uFEFFa: x"],
    ["a document's marks", "a: x", "---\na: x\n..."],
    ["the three ways to write nothing", "a: null\nb: ~\nc:", "a:\nb: null\nc: ~"],
    ["capital letters in true and false", "a: true\nb: FALSE", "a: True\nb: false"],
    ["an escape", 'a: "\\u0062"', "a: b"],
    ["an anchor that nothing uses", "a: x", "a: &x x"],
    ["an alias in place of its text", "a: &x {b: 1}\nc: *x", "a: {b: 1}\nc: {b: 1}"],
    ["a merge key in place of its keys", "a: &x {b: 1}\nc: {<<: *x}", "a: {b: 1}\nc: {b: 1}"],
    ["a tag that says it is text", "a: !!str 1", "a: '1'"],
  ] as const
) {
  Deno.test(`compareClusterFiles() does not count ${what}`, () => {
    assert.equal(isSame(before, after), true);
    assert.equal(isSame(after, before), true);
  });
}

for (
  const [what, before, after] of [
    ["another text", "a: x", "a: y"],
    ["spaces inside text", "a: 'x '", "a: 'x'"],
    ["a number in quotes", "a: 1", "a: '1'"],
    ["a boolean in quotes", "a: true", "a: 'true'"],
    ["nothing in quotes", "a: null", "a: 'null'"],
    ["a word that YAML 1.1 takes for a boolean, in quotes", "a: yes", "a: 'yes'"],
    ["such a word in place of a boolean", "a: off", "a: false"],
    ["an octal number of YAML 1.1, in quotes", "a: 0777", "a: '0777'"],
    ["a time of YAML 1.1, in quotes", "a: 22:22", "a: '22:22'"],
    ["a date in quotes", "a: 2026-01-01", "a: '2026-01-01'"],
    ["digits that a number would lose", "a: 12345678901234567890", "a: 12345678901234567891"],
    ["zeros that a number would lose", "a: 1.10", "a: 1.1"],
    ["another way to write a number", "a: 0x10", "a: 16"],
    ["the order of a list", "a: [x, y]", "a: [y, x]"],
    ["an empty list in place of nothing", "a: []", "a:"],
    ["a key without a value", "a: x", "a: x\nb:"],
    ["a number for a key, in quotes", "a: {1: x}", "a: {'1': x}"],
    ["a key that objects know", "__proto__: {a: 1}", "__proto__: {a: 2}"],
    ["a merge key in quotes", "a: &x {b: 1}\nc: {<<: *x}", "a: &x {b: 1}\nc: {'<<': *x}"],
    ["what an alias stands for", "a: {b: &x 1, c: *x}", "a: {b: &x 2, c: *x}"],
    ["text that looks like the mark of a number", 'a: "\\0true"', "a: true"],
  ] as const
) {
  Deno.test(`compareClusterFiles() counts ${what}`, () => {
    assert.equal(isSame(before, after), false);
    assert.equal(isSame(after, before), false);
  });
}

Deno.test("compareClusterFiles() gives keys and scalars as the file has them", () => {
  assert.deepEqual(compared("a: {1: 1.0, yes: no}", "a: {1: '1.0', yes: ~}").cluster, [
    { path: ["a", "1"], before: "1.0", after: "1.0" },
    { path: ["a", "yes"], before: "no", after: null },
  ]);
});

Deno.test("compareClusterFiles() sees every hub into which a merged entry changed", () => {
  const text = (domain: string) =>
    `\
common: &common {domain: ${domain}}
hubs:
  - {name: a, <<: *common}
  - {<<: *common, name: b, domain: x}
  - {name: c}
`;
  assert.deepEqual([...compared(text("y"), text("z")).hubs.keys()], ["a"]);
});

for (const name of ["no", "on", "y", "2026-01-01", "1_000", "0777", "staging"]) {
  Deno.test(`compareClusterFiles() calls the hub ${name} by the name that the cluster has`, () => {
    const text = (domain: string, quote = "") =>
      `name: earth\nprovider: gcp\nhubs:\n  - name: ${quote}${name}${quote}\n    domain: ${domain}\n`;
    const file = { path: "config/clusters/earth/cluster.yaml", text: text("b") };
    const cluster = parseClusterFile(file, () => false);
    // As a number it is no name.
    if (!("hubs" in cluster)) return assert.equal(name, "0777");
    const known = cluster.hubs.map((hub) => hub.name);
    assert.deepEqual([...compared(text("a"), text("b")).hubs.keys()], known);
    assert.deepEqual(compared(text("a"), "name: earth").removedHubs, known);
    assert.deepEqual(compared(text("a"), text("a", "'")).removedHubs, []);
    const isText = name === "staging";
    assert.deepEqual([...compared(text("a"), text("a", "'")).hubs.keys()], isText ? [] : known);
  });
}

Deno.test("compareClusterFiles() says that a file is gone, or new", () => {
  assert.deepEqual(compareClusterFiles("name: a", undefined, NONE), { kind: "removed" });
  assert.deepEqual(compareClusterFiles(undefined, undefined, NONE), { kind: "removed" });
  assert.equal(why(undefined, "name: a"), "it is new");
});

for (
  const [what, text] of [
    ["empty", ""],
    ["no YAML", "a: ["],
    ["in two documents", "a: 1\n---\na: 1"],
    ["one key twice", "a: 1\na: 1"],
    ["a tag that is unknown", "a: !secret x"],
    ["no UTF-8", "a: \uFFFD"],
    ["a list for a key", "? [a]\n: 1"],
    ["deeper than YAML is read", `a: ${"[".repeat(500)}${"]".repeat(500)}`],
  ] as const
) {
  Deno.test(`compareClusterFiles() cannot compare a file that is ${what}, before or after`, () => {
    assert.equal(why(text, "a: 1"), "its version before cannot be read");
    assert.equal(why("a: 1", text), "it cannot be compared");
  });
}

Deno.test("compareClusterFiles() cannot compare what is no mapping: a link, for instance", () => {
  for (const text of ["../mars/cluster.yaml", "- a", "~", "1"]) {
    assert.equal(why(text, "a: 1"), "a version of it is not a mapping");
    assert.equal(why("a: 1", text), "a version of it is not a mapping");
  }
});

Deno.test("compareClusterFiles() leaves inert keys out, in quotes or not", () => {
  const text = (key: string, value: number) =>
    `${key}: ${value}\nhubs: [{name: a, ${key}: ${value}}]`;
  const inert = { cluster: ["x"], hub: ["x"] };
  const { cluster, hubs } = compared(text("x", 1), text("'x'", 2), inert);
  assert.deepEqual([cluster.length, hubs.size], [0, 0]);
});

Deno.test("compareClusterFiles() compares anchors that hold themselves", () => {
  assert.equal(isSame("a: &a {b: *a, c: 1}", "a: &x {c: 1, b: *x}"), true);
  assert.equal(isSame("a: &a {b: *a, c: 1}", "a: &a {b: *a, c: 2}"), false);
});

Deno.test("compareClusterFiles() compares aliases that lead deeper than a call stack", () => {
  const chain = (leaf: string) =>
    `z0: &z0 [${leaf}]\n` +
    Array.from({ length: 15_000 }, (_, index) => `z${index + 1}: &z${index + 1} [*z${index}]\n`)
      .join("") +
    "a: *z15000\n";
  assert.equal(isSame(chain("1"), chain("2")), false);
});

/** Text that YAML reads in many ways, as a scalar and as a key. */
const scalar = fc.oneof(
  fc.constantFrom(
    ..."yes no on ~ null true 1 1.0 0x1 1e3 .5 .inf 22:22 2026-01-01 - a b".split(" "),
  ),
  fc.string({ maxLength: 4, unit: "binary-ascii" }).map((text) => JSON.stringify(text)),
);

Deno.test("compareClusterFiles() never takes two for the same that hubwright reads differently", () => {
  let different = 0;
  fc.assert(
    fc.property(scalar, scalar, (before, after) => {
      const text = (value: string) =>
        `name: earth\nprovider: gcp\nhubs: [{name: a, x: [${value}]}]`;
      const read = (value: string) => {
        let entry: unknown;
        parseClusterFile({ path: "c/earth/cluster.yaml", text: text(value) }, (hub) => {
          entry = hub.x;
          return true;
        });
        return entry;
      };
      const change = compareClusterFiles(text(before), text(after), NONE);
      const [one, other] = [read(before), read(after)];
      const same = change.kind === "compared" && change.hubs.size === 0;
      if (same) assert.deepEqual(one, other);
      if (before === after) assert.ok(same || one === undefined);
      if (!same) different++;
    }),
    { seed: 12, numRuns: 1_000 },
  );
  assert.ok(different > 300 && different < 995, `${different}`);
});
