import assert from "node:assert/strict";
import { CHEAT_SHEET } from "./cheat_sheet.ts";
import { githubTriggers } from "./github_paths.ts";

// The evaluator is what the trigger property rests on, so it is held to GitHub's own examples.
for (const { patterns, matching, others } of CHEAT_SHEET) {
  Deno.test(`githubTriggers() agrees with GitHub's cheat sheet on ${patterns.join(" ")}`, () => {
    for (const path of matching) assert.equal(githubTriggers(patterns, path), true, path);
    for (const path of others) assert.equal(githubTriggers(patterns, path), false, path);
  });
}
