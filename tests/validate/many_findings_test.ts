import assert from "node:assert/strict";
import { findingsTables } from "../../src/validate/findings_report.ts";
import { validate } from "../../src/validate/validate.ts";
import { memoryRepository } from "./memory.ts";

const MANY = 20_000;

Deno.test("validate() keeps some of very many findings, and counts the rest", () => {
  const names = Array.from({ length: MANY }, (_, index) => `${index}.values.yaml`);
  const { repository } = memoryRepository({
    "config/clusters/earth/cluster.yaml": "name: earth\n",
    ...Object.fromEntries(names.map((name) => [`config/clusters/earth/${name}`, ""])),
  });
  const report = validate(repository, { findings: [], doubtful: new Set() });
  const kept = report.warnings.filter(({ rule }) => rule === "unreferenced-file").length;
  assert.deepEqual(report.leftOut, { "unreferenced-file": MANY - kept });
  assert.ok(kept > 100 && kept < 1_000, `${kept}`);
  const text = findingsTables(report, { color: false, width: 160 });
  assert.ok(text.length < 200_000, `${text.length} characters`);
  assert.ok(text.includes(`\nNot shown: ${MANY - kept} more of unreferenced-file.\n`));
  assert.ok(
    text.endsWith(`\n1 cluster: no errors, ${report.warnings.length + MANY - kept} warnings.\n`),
    text.slice(-200),
  );
});
