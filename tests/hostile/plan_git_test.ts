/** `plan` in a real git repository, in which every name is hostile. */
import assert from "node:assert/strict";
import { hubwright } from "../cli/fake_io.ts";
import { Sandbox } from "../cli/sandbox.ts";
import { assertInertLog, assertOutputs } from "./inert.ts";
import { assertInertMarkdown } from "./inert_markdown.ts";
import { hostileRepository, PRECISE } from "./repository.ts";
import { Trap } from "./trap.ts";

const OUTPUTS = ["support-and-staging-matrix-jobs", "prod-hub-matrix-jobs"];

Deno.test("plan shows hostile names in git as text, and runs none", async (t) => {
  await using trap = await Trap.set();
  await using repository = await hostileRepository(trap);
  await using temp = await Sandbox.create();
  const { folder, before, values, elsewhere, named, keys } = repository;
  const ranges = [[before, values], [values, elsewhere], [before, elsewhere], [named, keys]];
  for (const [index, [base, head]] of ranges.entries()) {
    for (const config of [[], ["--config", folder.join(PRECISE)]]) {
      for (const format of ["table", "json", "markdown"]) {
        const color = format === "table" && index > 0;
        await t.step(`${index} ${config.length > 0 ? "precise" : ""} ${format}`, async () => {
          await Promise.all(["output", "summary"].map((file) => temp.write(file, "")));
          const { code, out, err } = await hubwright([
            ...["plan", "--repo", folder.path, `--base=${base}`, `--head=${head}`],
            ...["--format", format, ...config],
          ], {
            color,
            env: {
              GITHUB_ACTIONS: "true",
              GITHUB_OUTPUT: temp.join("output"),
              GITHUB_STEP_SUMMARY: temp.join("summary"),
            },
          });
          assert.deepEqual({ code, err }, { code: 0, err: "" });
          assertInertLog(out, { color });
          if (format === "markdown") assertInertMarkdown(out);
          assertInertMarkdown(await temp.read("summary"));
          assertOutputs(await temp.read("output"), OUTPUTS);
        });
      }
    }
  }
  await t.step(`hostile names of files: ${repository.count} tried, 0 executed`, async () => {
    assert.equal(repository.count, 372);
    await trap.assertUnsprung(folder.path, temp.path);
  });
});
