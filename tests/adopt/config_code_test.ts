import assert from "node:assert/strict";
import {
  type ConfigEntry,
  evaluateConfig,
  LegSteps,
  LegValue,
  printConfig,
  SecretName,
  Section,
} from "../../src/adopt/config_code.ts";
import { importConfig } from "../../src/config/import_config.ts";
import { LEG } from "../../src/config/leg_values.ts";
import { parseConfig } from "../../src/config/settings.ts";
import { tempFolder } from "../temp_folder.ts";

const HOSTILE = ['"];throw 1//', "\u2028", "`${1}`", "*/", "\\", "\n", "__proto__", "${{ x }}"];

const ENTRIES: readonly ConfigEntry[] = [
  { key: "defaultBranch", why: "Because\nof\u2028this */", value: "trunk" },
  { key: "ignoreClusters", why: "Hostile.", value: HOSTILE },
  {
    key: "rules",
    why: "Rules.",
    value: new Section([
      { key: "fileKeys", why: "Keys.", value: ["a.b", { key: "c", from: "root" }] },
    ]),
  },
  {
    key: "setup",
    why: "Steps.",
    value: new LegSteps([
      { name: "a", uses: "./a", with: { provider: new LegValue("provider") } },
      { name: "b", uses: "./b", with: { key: new SecretName("KEY"), __proto__x: "y" } },
    ]),
  },
  { key: "commands", why: "None.", value: { healthCheck: null } },
];

Deno.test("printConfig() writes what evaluateConfig() gives, whatever the text holds", async () => {
  await using folder = await tempFolder({ "hubwright.config.ts": printConfig(ENTRIES) });
  const { config } = await importConfig(folder.path);
  const file = "hubwright.config.ts";
  const [written, given] = [parseConfig(config, file), parseConfig(evaluateConfig(ENTRIES), file)];
  const plain = ({ setup }: typeof written) => JSON.stringify(setup(LEG));
  assert.equal(plain(written), plain(given));
  assert.deepEqual(written.ignoreClusters, HOSTILE);
  assert.deepEqual(written.rules.fileKeys, given.rules.fileKeys);
  assert.deepEqual(written.commands, given.commands);
  assert.equal(written.commands.healthCheck, null);
});

Deno.test("printConfig() keeps a key called __proto__", async () => {
  const value = JSON.parse('{ "every": { "env": { "__proto__": "x" } } }');
  const code = printConfig([{ key: "jobs", why: "x", value }]);
  await using folder = await tempFolder({ "hubwright.config.ts": code });
  const { config } = await importConfig(folder.path);
  assert.equal(JSON.stringify(config), JSON.stringify({ jobs: value }));
});

Deno.test("printConfig() writes no more than a config without keys needs", () => {
  assert.match(printConfig([]), /^import \{ defineConfig \} .*\n\n.*\n.*defineConfig\(\{\}\);\n$/);
});
