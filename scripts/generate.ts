/**
 * Generates what is generated in this repository: its own CI, the rule table of the docs, and the
 * workflows of the example. With `--check` it compares instead.
 *
 * @module
 */
import { runGenerate, syncFiles } from "../src/cli/generate.ts";
import { processIo } from "../src/cli/io.ts";
import { ci } from "../workflows/ci.ts";
import { GENERATED } from "../workflows/header.ts";
import { emitAll } from "../workflows/mod.ts";
import { rulesPage } from "../workflows/rules_page.ts";

const check = Deno.args.includes("--check");
const io = processIo();
const own = await syncFiles(
  ".",
  [...emitAll([ci()]), rulesPage()],
  { check, mark: GENERATED, mend: "deno task generate" },
  io,
);
const example = await runGenerate(
  { repo: "examples/infrastructure", ...(check ? { check: true } : {}) },
  io,
);
Deno.exit(Math.max(own, example));
