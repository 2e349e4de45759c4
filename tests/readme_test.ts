import assert from "node:assert/strict";
import { LEG } from "../src/config/leg_values.ts";
import { parseConfig } from "../src/config/settings.ts";
import { tempFolder } from "./temp_folder.ts";
import { generateWorkflows } from "../workflows/mod.ts";
import { LOCK } from "./workflows/repositories.ts";
import { parseArgs } from "../src/cli/parse_args.ts";
import { keysAt } from "../src/config/config_problems.ts";
import { ConfigSchema } from "../src/config/config_schema.ts";
import { DEFAULTS } from "../src/config/defaults.ts";
import { allOf, TOOLS } from "../src/cli/tools.ts";
import manifest from "../deno.json" with { type: "json" };
import example from "../examples/infrastructure/deno.json" with { type: "json" };

const root = new URL("../", import.meta.url);
const readme = await Deno.readTextFile(new URL("README.md", root));
const PAGES = [
  ...["README.md", "SECURITY.md", "examples/infrastructure/README.md"],
  ...(await Array.fromAsync(Deno.readDir(new URL("docs", root)), ({ name }) => `docs/${name}`)),
].sort();
const pages = await Promise.all(
  PAGES.map(async (path) => ({ path, text: await Deno.readTextFile(new URL(path, root)) })),
);

const SHELL = /^ *```sh\n([\s\S]*?)^ *```$/gm;

/** The lines that readers are to type. */
const shellLines = pages
  .filter(({ path }) => path.startsWith("docs/") || path === "README.md")
  .flatMap(({ text }) => [...text.matchAll(SHELL)])
  .flatMap(([, block = ""]) => block.split("\n").map((line) => line.trim()))
  .filter((line) => line !== "");

/** The first column of the table below a heading: what stands in backticks there. */
function codesInFirstColumn(heading: string): string[] {
  const section = readme.split(`\n## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  return section.split("\n").filter((line) => line.startsWith("| `"))
    .flatMap((line) => [...(line.split("|")[1] ?? "").matchAll(/`([^`]+)`/g)])
    .map(([, code = ""]) => code);
}

Deno.test("README.md names only tasks that exist", () => {
  const tasks = shellLines.flatMap((line) => [...line.matchAll(/\btask (\S+)/g)])
    .map(([, name = ""]) => name);
  assert(tasks.includes("demo") && tasks.includes("test"));
  const known = [...Object.keys(manifest.tasks), ...Object.keys(example.tasks)];
  assert.deepEqual(tasks.filter((task) => !known.includes(task)), []);
});

Deno.test("README.md and --help show only command lines that hubwright understands", () => {
  const commands = allOf(TOOLS);
  const lines = [
    ...shellLines.filter((line) => line.includes("hubwright ")).map((line) =>
      line.split("hubwright ").at(-1) ?? ""
    ),
    ...commands.flatMap(({ examples }) =>
      examples.map(([line]) => line.replace(/^hubwright /, "").replace(/ [|>].*$/, ""))
    ),
  ].filter((line) => !line.startsWith("../") && !line.startsWith("--"));
  assert(lines.length > 5);
  for (const line of lines) {
    const words = line.matchAll(/"(.*?)"|\S+/g);
    const [name, ...args] = [...words].map(([word, quoted]) => quoted ?? word);
    if (name === "main") continue;
    const command = commands.find((other) => other.name === name);
    assert(command !== undefined, line);
    parseArgs(command, args);
  }
});

Deno.test("README.md lists every key of the config, and no other", () => {
  const { isStaging: _isStaging, rules, labels, commands, concurrency, ...others } = DEFAULTS;
  const below = (name: string, keys: object) => Object.keys(keys).map((key) => `${name}.${key}`);
  assert.deepEqual(
    codesInFirstColumn("Config").sort(),
    [
      ...Object.keys(others),
      "isStaging",
      ...below("rules", rules),
      ...below("labels", labels),
      ...below("commands", commands),
      ...below("concurrency", concurrency),
      ...["jobs", "build", "notify", "ledger", "comment"].flatMap((name) =>
        keysAt(ConfigSchema, [name]).map((key) => `${name}.${key}`)
      ),
      ...["branches", "clusters"],
      ...["dispatch", "extend", "paused", "tasks", "waves", "workflows"],
    ].sort(),
  );
});

Deno.test("README.md says every default of the config that is text", () => {
  const { defaultBranch, clustersDir, ignoreClusters, rules, labels, runtime, commands } = DEFAULTS;
  const texts = [
    ...[defaultBranch, clustersDir, ...ignoreClusters, ...rules.allHubs, ...rules.allSupport],
    ...[...Object.values(labels), ...runtime, ...Object.values(commands)],
  ];
  assert.deepEqual(texts.filter((text) => !readme.includes(`\`${text}\``)), []);
});

Deno.test("README.md lists every command, and no other", () => {
  assert.deepEqual(
    codesInFirstColumn("Commands").sort(),
    Object.keys(TOOLS).map((name) => `hubwright ${name}`).sort(),
  );
});

Deno.test("README.md gives a reason for every dependency, and for no other", () => {
  const named = codesInFirstColumn("What it is made of");
  const imported = Object.keys(manifest.imports).map((name) => name.replace("zod/mini", "zod"));
  assert.deepEqual(named.sort(), imported.sort());
});

for (const { path, text } of pages) {
  Deno.test(`${path} links only to files that are there`, async () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, link = ""]) => link);
    const missing = await Promise.all(links.map(async (link) => {
      const found = await Deno.stat(new URL(link, new URL(path, root))).catch(() => undefined);
      return found === undefined ? [link] : [];
    }));
    assert.deepEqual(missing.flat(), []);
  });
}

Deno.test("README.md, CI and the generated workflows use the same version of Deno", async () => {
  const ci = await Deno.readTextFile(new URL(".ci/run", root));
  const workflow = await Deno.readTextFile(
    new URL("examples/infrastructure/.github/workflows/deploy-hubs.yaml", root),
  );
  const versions = [
    ...`${readme}${ci}`.matchAll(/deno@([\d.]+)/g),
    ...workflow.matchAll(/deno-version: (\S+)/g),
  ].map(([, version]) => version);
  assert.equal(new Set(versions).size, 1);
});

const CONFIG = /^ *```ts\n([\s\S]*?\bdefineConfig\([\s\S]*?)^ *```$/gm;

for (const { path, text } of pages) {
  const configs = [...text.matchAll(CONFIG)].map(([, config = ""]) => config);
  if (configs.length === 0) continue;
  Deno.test(`${path} shows configs that are accepted`, async () => {
    await using folder = await tempFolder(
      Object.fromEntries(configs.map((config, index) => [
        `${index}.ts`,
        config.replace('"@hubwright/hubwright"', JSON.stringify(new URL("mod.ts", root).href)),
      ])),
    );
    for (const index of configs.keys()) {
      const { default: config } = await import(`${folder.path}/${index}.ts`);
      const settings = parseConfig(config, path);
      settings.setup(LEG);
      assert(generateWorkflows(settings, [], LOCK).length > 2);
    }
  });
}
