import assert from "node:assert/strict";
import type { ReleaseExplanation } from "../../src/explain/explain_cluster.ts";
import { explanationText, fileExplanationText } from "../../src/explain/report_text.ts";

const PLAIN = { color: false };
const many = (number: number, name: string) =>
  Array.from({ length: number }, (_, index) => `${name}${index}`);

/** A hub that many files and keys upgrade. */
function hub(name: string, files: number): ReleaseExplanation {
  const keys = many(files, "key").map((key) => ({ key, before: "1", after: "2" }));
  return {
    cluster: "lake",
    kind: "prod hub",
    hub: name,
    upgraded: true,
    causes: [{ rule: "hub entry", says: "x", subjects: many(files, "file"), keys }],
    why_not: null,
    gated_by: many(files, "staging hub "),
    gates: [],
  };
}

Deno.test("explanationText() lists some of very many files, keys and gates", () => {
  const lines = explanationText([hub("prod", 5_000)], PLAIN).split("\n");
  assert.ok(lines.length < 60, `${lines.length} lines`);
  assert.ok(lines.includes("    and 4980 more") && lines.includes("      and 4980 more"));
  assert.match(lines.join("\n"), / it waits for: staging hub 0, .*, and 4980 more\n$/);
});

Deno.test("explanationText() gives each of many releases a line, and the first of very many", () => {
  const not: ReleaseExplanation = { ...hub("lab", 0), causes: [], upgraded: false, why_not: "so" };
  const hubs = many(40, "hub").map((name) => hub(name, 12));
  const lines = explanationText([not, ...hubs], PLAIN).split("\n");
  assert.deepEqual(lines.slice(0, 2), [
    "lake: prod hub lab is not upgraded: so",
    "lake: prod hub hub0 is upgraded: hub entry (12 changes, 12 keys)",
  ]);
  assert.equal(lines.length, 43);
  assert.match(lines.at(-2) ?? "", /"explain lake\/HUB" says which files and keys/);
  const more = explanationText(many(500, "hub").map((name) => hub(name, 1)), PLAIN);
  assert.match(more, /\nand 300 more\n/);
});

Deno.test("fileExplanationText() lists the first of very many releases", () => {
  const releases = many(900, "cluster").map((cluster) => ({
    cluster,
    kind: "support chart" as const,
    hub: null,
    rules: ["all hubs"],
  }));
  const text = fileExplanationText({ file: "a", concerns: true, releases }, PLAIN);
  assert.match(text, /^a: a change to it upgrades 900 releases\n {2}cluster0: support chart \(/);
  assert.match(text, /\n {2}and 700 more: --format json has them all\n$/);
});
