import assert from "node:assert/strict";
import { parseArgs } from "../../src/cli/parse_args.ts";
import { readOptions } from "../../src/cli/read_values.ts";
import { simulateCommand } from "../../src/tools/simulate.ts";

Deno.test("parseArgs() keeps every value of a repeatable option, in order", () => {
  const args = ["--fail", "support:a", "--base", "x", "--fail=prod:a/b=lost", "--base=y"];
  const texts = parseArgs(simulateCommand, args);
  assert.deepEqual(texts, { fail: ["support:a", "prod:a/b=lost"], base: "y" });
  assert.deepEqual(readOptions(simulateCommand, texts).fail, ["support:a", "prod:a/b=lost"]);
});

Deno.test("parseArgs() leaves a repeatable option out that is not given, and wants a value", () => {
  assert.deepEqual(parseArgs(simulateCommand, []), {});
  assert.throws(
    () => parseArgs(simulateCommand, ["--fail"]),
    /expected --fail SPEC, found nothing/,
  );
  assert.throws(
    () => readOptions(simulateCommand, { fail: [""] }),
    /Cannot read "--fail\[0\]": expected it not to be empty/,
  );
});
