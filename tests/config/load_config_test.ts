import assert from "node:assert/strict";
import { loadConfig } from "../../src/config/load_config.ts";
import { LEG } from "../../src/config/leg_values.ts";
import { defaultSettings } from "../../src/config/settings.ts";
import { UserError } from "../../src/errors.ts";
import { tempFolder } from "../temp_folder.ts";

Deno.test("loadConfig() reads a config that imports defineConfig", async () => {
  const mod = new URL("../../mod.ts", import.meta.url).href;
  await using repo = await tempFolder({
    "hubwright.config.ts": `import { defineConfig } from ${JSON.stringify(mod)};
export default defineConfig({
  defaultBranch: "trunk",
  isStaging: (hub) => hub.name.startsWith("test"),
  setup: (leg) => [{ name: "Set up", uses: "./a", with: { provider: leg.provider } }],
});
`,
  });
  const { defaultBranch, isStaging, clustersDir } = await loadConfig(repo.path);
  assert.deepEqual([defaultBranch, clustersDir], ["trunk", "config/clusters"]);
  assert.deepEqual([isStaging({ name: "test-a" }), isStaging({ name: "staging" })], [true, false]);
});

Deno.test("loadConfig() throws all that is wrong, in the file that the user named", async () => {
  await using repo = await tempFolder({
    "hubwright.config.ts": "export default null;\n",
    "other.ts": "export default { defaultBranch: 3, labels: { x: 1 } };\n",
  });
  const file = `${repo.path}/other.ts`;
  await assert.rejects(loadConfig(repo.path, file), (error: unknown) => {
    assert.ok(error instanceof UserError);
    assert.deepEqual(error.problems.map((problem) => problem.file), [file, file]);
    return true;
  });
  // What is exported is a config, if a wrong one.
  await assert.rejects(loadConfig(repo.path), UserError);
});

Deno.test("loadConfig() gives the defaults where the repository has no config", async () => {
  await using repo = await tempFolder();
  const { setup, ...settings } = await loadConfig(repo.path);
  const { setup: standard, ...defaults } = defaultSettings("hubwright.config.ts");
  assert.deepEqual(JSON.stringify(settings), JSON.stringify(defaults));
  assert.deepEqual(setup(LEG), standard(LEG));
});
