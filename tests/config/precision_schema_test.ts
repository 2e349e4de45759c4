import assert from "node:assert/strict";
import type { Config } from "../../src/config/config.ts";
import { parseConfig } from "../../src/config/settings.ts";
import { defaultSettings } from "../../src/config/settings.ts";
import { describeValue, formatProblem } from "../../src/errors.ts";

const FILE = "hubwright.config.ts";

/** What is wrong with a config, a line each. */
function problems(config: unknown): readonly string[] {
  const parsed = parseConfig(config, FILE);
  return "defaultBranch" in parsed ? [] : parsed.map((problem) => formatProblem(problem));
}

const PATH = "expected a plain path from the repository's root, found the text";

const WRONG: readonly (readonly [config: unknown, problem: string])[] = [
  [{ precision: "hubs" }, '"precision": expected "cluster" or "hub", found the text "hubs"'],
  [{ precision: true }, '"precision": expected "cluster" or "hub", found the boolean true'],
  [{ precision: null }, '"precision": expected "cluster" or "hub", found nothing'],
  [{ chartsDir: "charts/" }, `"chartsDir": ${PATH} "charts/"`],
  [{ chartsDir: "/charts" }, `"chartsDir": ${PATH} "/charts"`],
  [{ chartsDir: "../charts" }, `"chartsDir": ${PATH} "../charts"`],
  [{ chartsDir: "." }, `"chartsDir": ${PATH} "."`],
  [{ chartsDir: "a//b" }, `"chartsDir": ${PATH} "a//b"`],
  [{ chartsDir: "charts/*" }, `"chartsDir": ${PATH} "charts/*"`],
  [{ chartsDir: "" }, '"chartsDir": expected it not to be empty'],
  [{ chartsDir: ["charts"] }, '"chartsDir": expected text, found a list'],
  [
    { rules: { fileKeys: "override" } },
    '"rules.fileKeys": expected a list, found the text "override"',
  ],
  ...["", 1, { key: "a" }, { key: "a.", from: "root" }, null].map(
    (key): [unknown, string] => [
      { rules: { fileKeys: ["a.b", key] } },
      '"rules.fileKeys[1]": expected a key, or keys with "." between them, or ' +
      `{ key, from: "root" }, found ${describeValue(key)}`,
    ],
  ),
  [
    { rules: { fileKeys: [{ key: "a", from: "root", x: 1 }] } },
    '"rules.fileKeys[0]": found the unknown key "x"; check the spelling or remove it',
  ],
  [
    { rules: { fileKeys: ["a.b", "a..b"] } },
    '"rules.fileKeys[1]": expected a key, or keys with "." between them, or ' +
    '{ key, from: "root" }, found the text "a..b"',
  ],
  [
    { rules: { inertKeys: { metadata: true } } },
    '"rules.inertKeys": expected a list, found a mapping',
  ],
  [{ rules: { inertKeys: [null] } }, '"rules.inertKeys[0]": expected text, found nothing'],
  [{ rules: { inertHubKeys: [["a"]] } }, '"rules.inertHubKeys[0]": expected text, found a list'],
  [{ rules: { inertHubKeys: 1 } }, '"rules.inertHubKeys": expected a list, found the number 1'],
  [
    { rules: { inertChartFiles: ["docs/[ab]"] } },
    '"rules.inertChartFiles[0]": Cannot use the pattern "docs/[ab]": GitHub\'s path filters and ' +
    'micromatch may read "[" differently; use plain names, "*" inside a segment, "**" as a whole ' +
    'segment and a leading "!"',
  ],
  [
    { rules: { inertChartFiles: ["!docs/**"] } },
    '"rules.inertChartFiles[0]": expected a pattern without "!": an exception belongs in ' +
    '"rules.allHubs"',
  ],
  [{ rules: { charts: ["daskhub"] } }, '"rules.charts": expected a mapping, found a list'],
  [{ rules: { charts: null } }, '"rules.charts": expected a mapping, found nothing'],
  [
    { rules: { charts: { daskhub: "images/**" } } },
    '"rules.charts.daskhub": expected a list, found the text "images/**"',
  ],
  [
    { rules: { charts: { daskhub: ["a", "!images/**"] } } },
    '"rules.charts.daskhub[1]": expected a pattern without "!": an exception belongs in ' +
    '"rules.allHubs"',
  ],
  [
    { rules: { charts: { "": ["a"] } } },
    '"rules.charts": expected a name for every key, found the text ""',
  ],
  [
    { rules: { inertkeys: [] } },
    '"rules": found the unknown key "inertkeys"; did you mean "inertKeys"?',
  ],
];

for (const [config, problem] of WRONG) {
  Deno.test(`parseConfig() says what is wrong with ${JSON.stringify(config)}`, () => {
    assert.deepEqual(problems(config), [`${FILE}: Cannot read ${problem}`]);
  });
}

Deno.test("parseConfig() says all that is wrong with what decides an upgrade at once", () => {
  const config = { precision: 1, chartsDir: 1, rules: { fileKeys: 1, inertKeys: 1, charts: 1 } };
  assert.equal(problems(config).length, 5);
});

Deno.test("parseConfig() lets every key of what decides an upgrade be left out", () => {
  const { rules: _, ...defaults } = defaultSettings(FILE);
  const parsed = parseConfig({ precision: undefined, chartsDir: undefined, rules: {} }, FILE);
  assert.ok("defaultBranch" in parsed);
  assert.deepEqual([parsed.precision, parsed.chartsDir], [defaults.precision, defaults.chartsDir]);
  assert.deepEqual(parsed.rules.charts, {});
});

Deno.test("parseConfig() takes charts whose names objects know", () => {
  const config: Config = { rules: { charts: { constructor: ["a/**"], toString: [] } } };
  const parsed = parseConfig(config, FILE);
  assert.ok("defaultBranch" in parsed);
  assert.deepEqual(Object.keys(parsed.rules.charts), ["constructor", "toString"]);
});
