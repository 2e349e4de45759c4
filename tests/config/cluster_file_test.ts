import assert from "node:assert/strict";
import { parseClusterFile } from "../../src/config/cluster_file.ts";
import type { HubEntry } from "../../src/config/config.ts";
import { formatProblem } from "../../src/errors.ts";
import type { Cluster } from "../../src/plan/cluster.ts";

const isStaging = (hub: HubEntry) => hub.name.includes("staging");

const pathOf = (folder: string) => `config/clusters/${folder}/cluster.yaml`;

function cluster(text: string, staging = isStaging): Cluster {
  const parsed = parseClusterFile({ path: pathOf("earth"), text }, staging);
  assert.ok("hubs" in parsed, JSON.stringify(parsed));
  return parsed;
}

function problems(
  text: string,
  folder = "earth",
  fileKeys: readonly string[] = [],
): readonly string[] {
  const parsed = parseClusterFile({ path: pathOf(folder), text }, isStaging, { fileKeys });
  assert.ok(!("hubs" in parsed), "nothing is wrong");
  return parsed.map((problem) => {
    const line = formatProblem(problem);
    assert.ok(line.startsWith(`${pathOf(folder)}:`), line);
    return line.slice(pathOf(folder).length + 1).trim();
  });
}

/** The top of a file in which nothing is wrong. */
const TOP = "name: earth\nprovider: gcp\n";

Deno.test("parseClusterFile() reads a cluster", () => {
  const text = `\
name: earth
provider: gcp
gcp:
  key: enc-deployer-credentials.secret.json
support:
  helm_chart_values_files: [support.values.yaml, enc-support.secret.values.yaml]
hubs:
  - name: staging
    display_name: "Earth (staging)"
    helm_chart: basehub
    helm_chart_values_files: [common.values.yaml, staging.values.yaml]
  - name: prod
    helm_chart: daskhub
    helm_chart_values_files: [common.values.yaml, ../shared.values.yaml]
`;
  const folder = "config/clusters/earth";
  assert.deepEqual(cluster(text), {
    name: "earth",
    provider: "gcp",
    file: `${folder}/cluster.yaml`,
    support: {
      valuesFiles: [`${folder}/support.values.yaml`, `${folder}/enc-support.secret.values.yaml`],
    },
    hubs: [
      {
        name: "staging",
        staging: true,
        valuesFiles: [`${folder}/common.values.yaml`, `${folder}/staging.values.yaml`],
        chart: "basehub",
      },
      {
        name: "prod",
        staging: false,
        valuesFiles: [`${folder}/common.values.yaml`, "config/clusters/shared.values.yaml"],
        chart: "daskhub",
      },
    ],
  });
});

Deno.test("parseClusterFile() accepts support, hubs and values files that are left out, or null", () => {
  for (const rest of ["", "support: null\nhubs: null\n", "support:\nhubs:\n"]) {
    const { support, hubs } = cluster(`${TOP}${rest}`);
    assert.deepEqual([support, hubs], [null, []]);
  }
  for (const files of ["", "helm_chart_values_files: ~"]) {
    const { support, hubs } = cluster(`${TOP}support: {${files}}\nhubs: [{name: a, ${files}}]\n`);
    assert.deepEqual(support, { valuesFiles: [] });
    assert.deepEqual(hubs, [{ name: "a", staging: false, valuesFiles: [] }]);
  }
});

Deno.test("parseClusterFile() asks isStaging about every hub, with all that its entry says", () => {
  const asked: HubEntry[] = [];
  const { hubs } = cluster(
    `${TOP}hubs:\n  - name: a\n    canary: true\n    helm: {chart: x}\n  - name: staging\n`,
    (hub) => {
      asked.push(hub);
      return hub.canary === true;
    },
  );
  assert.deepEqual(hubs.map((hub) => hub.staging), [true, false]);
  assert.deepEqual(asked, [{ name: "a", canary: true, helm: { chart: "x" } }, { name: "staging" }]);
});

Deno.test("parseClusterFile() reads anchors, aliases and merge keys", () => {
  const text = `${TOP}\
common: &common
  helm_chart_values_files: &files [common.values.yaml]
support:
  helm_chart_values_files: *files
hubs:
  - <<: *common
    name: staging
  - name: prod
    <<: *common
    helm_chart_values_files: [prod.values.yaml]
`;
  const { support, hubs } = cluster(text);
  const common = ["config/clusters/earth/common.values.yaml"];
  assert.deepEqual(support?.valuesFiles, common);
  assert.deepEqual(hubs.map((hub) => hub.valuesFiles), [
    common,
    ["config/clusters/earth/prod.values.yaml"],
  ]);
});

Deno.test("parseClusterFile() lets every other key pass, whatever it is called", () => {
  const others = '__proto__: {name: x}\nconstructor: 3\ntoString: []\n"": {}\n1: 2\n';
  assert.deepEqual(cluster(`${TOP}${others}`), cluster(TOP));
});

Deno.test("parseClusterFile() reads a file with a byte order mark and Windows line ends", () => {
  const text = "\ufeffname: earth\r\nprovider: gcp\r\nhubs:\r\n  - name: a\r\n";
  assert.deepEqual(cluster(text), cluster(text.slice(1).replaceAll("\r", "")));
});

Deno.test("parseClusterFile() takes words that are no YAML 1.2 booleans for names", () => {
  const on = parseClusterFile({ path: pathOf("on"), text: "name: on\nprovider: yes\n" }, isStaging);
  assert.ok("hubs" in on);
  assert.deepEqual([on.name, on.provider], ["on", "yes"]);
});

const NAME_WANTED =
  'expected a name of a-z and 0-9, with "-", "." and "_" only inside, 100 characters at most, for ' +
  'instance "lake-west"';
const NOTHING = "1:1: Cannot parse it as YAML: expected a document, but the input is empty";
const TWICE = 'Cannot have two hubs named "a" on one cluster: rename one of them';
const OUTSIDE = "expected a path inside the repository, relative to config/clusters/earth";
const FILES = "helm_chart_values_files";

const MISTAKES: readonly (readonly [text: string, ...said: readonly string[]])[] = [
  ["", NOTHING],
  ["# name: earth\n", NOTHING],
  [
    "name: earth: west\n",
    '1:12: Cannot parse it as YAML: text with ": " in it needs quotes: "earth: west"',
  ],
  ["---\n", "1:1: Cannot read it: expected a mapping, found nothing"],
  ["# earth\n- name: earth\n", "2:1: Cannot read it: expected a mapping, found a list"],
  ["name=earth\n", '1:1: Cannot read it: expected a mapping, found the text "name=earth"'],
  ["provider: gcp\n", '1:1: Cannot read "name": expected text, found nothing'],
  ["name: earth\n", '1:1: Cannot read "provider": expected text, found nothing'],
  ["name:\nprovider: gcp\n", '1:1: Cannot read "name": expected text, found nothing'],
  [
    "name: 3\nprovider: true\nsupport: []\nhubs: x\n",
    '1:7: Cannot read "name": expected text, found the number 3; write it in quotes: "3"',
    '2:11: Cannot read "provider": expected text, found the boolean true; write it in quotes: "true"',
    '3:10: Cannot read "support": expected a mapping, found a list',
    '4:7: Cannot read "hubs": expected a list, found the text "x"',
  ],
  [
    "name: Earth\nprovider: 'g c p'\n",
    `1:7: Cannot read "name": ${NAME_WANTED}, found the text "Earth"`,
    `2:11: Cannot read "provider": ${NAME_WANTED}, found the text "g c p"`,
  ],
  [
    `${TOP}hubs:\n  - name: a\n  - b\n  - [c]\n  - 4\n`,
    '5:5: Cannot read "hubs[1]": expected a mapping, found the text "b"',
    '6:5: Cannot read "hubs[2]": expected a mapping, found a list',
    '7:5: Cannot read "hubs[3]": expected a mapping, found the number 4',
  ],
  [
    `${TOP}hubs:\n  - domain: a\n  - name: a_\n  - name: [b]\n`,
    '4:5: Cannot read "hubs[0].name": expected text, found nothing',
    `5:11: Cannot read "hubs[1].name": ${NAME_WANTED}, found the text "a_"`,
    '6:11: Cannot read "hubs[2].name": expected text, found a list',
  ],
  // What an alias stands for is not written where it is wrong.
  [
    `common: &common\n  name: 3\n${TOP}hubs:\n  - *common\n  - <<: *common\n`,
    '6:5: Cannot read "hubs[0].name": expected text, found the number 3; write it in quotes',
    '7:5: Cannot read "hubs[1].name": expected text, found the number 3; write it in quotes',
  ],
  [
    `${TOP}support:\n  ${FILES}: a.yaml\nhubs:\n  - {name: a, ${FILES}: [3, "", ~]}\n`,
    `4:28: Cannot read "support.${FILES}": expected a list, found the text "a.yaml"`,
    `6:41: Cannot read "hubs[0].${FILES}[0]": expected text, found the number 3; write it in ` +
    'quotes: "3"',
    `6:44: Cannot read "hubs[0].${FILES}[1]": expected it not to be empty`,
    `6:48: Cannot read "hubs[0].${FILES}[2]": expected text, found nothing`,
  ],
  [
    `${TOP}support:\n  ${FILES}: [../../../../a.yaml, ../../../ok.yaml]\n` +
    `hubs:\n  - {name: a, ${FILES}: [/etc/passwd, x/../../../../..]}\n`,
    `4:29: Cannot use the values file "../../../../a.yaml": ${OUTSIDE}`,
    `6:41: Cannot use the values file "/etc/passwd": ${OUTSIDE}`,
    `6:54: Cannot use the values file "x/../../../../..": ${OUTSIDE}`,
  ],
  [
    `${TOP}hubs:\n  - name: a\n  - name: b\n  - {name: a}\n  - name: 'a'\n`,
    `6:12: ${TWICE}`,
    `7:11: ${TWICE}`,
  ],
  [
    `${TOP}# caf\uFFFD\n`,
    "3:6: Cannot read it: expected text in UTF-8, found other bytes; save it as UTF-8",
  ],
];

Deno.test("parseClusterFile() says everything that is wrong, and where", () => {
  for (const [text, ...said] of MISTAKES) assert.deepEqual([...problems(text)].sort(), said, text);
});

Deno.test("parseClusterFile() says where the name is not the folder's, with what else is wrong", () => {
  const said =
    '1:7: Cannot use the name "earth" in the folder "mars": expected both to be the same; ' +
    "rename one of them";
  assert.deepEqual(problems(TOP, "mars"), [said]);
  const text = `${TOP}hubs:\n  - name: a\n    helm_chart_values_files: [/x]\n  - name: a\n`;
  const places = problems(text, "mars").map((line) => line.split(": ")[0]);
  assert.deepEqual([...places].sort(), ["1:7", "5:31", "6:11"]);
});

Deno.test("parseClusterFile() lets a mistake in itself through", () => {
  const bug = new TypeError("a bug");
  const text = `${TOP}hubs: [{name: a}]\n`;
  assert.throws(() =>
    parseClusterFile({ path: pathOf("earth"), text }, () => {
      throw bug;
    }), bug);
});

Deno.test("parseClusterFile() takes names and paths as they are written, or says how to write them", () => {
  const places = (value: string) => [
    `name: earth\nprovider: ${value}\n`,
    `${TOP}hubs:\n  - name: ${value}\n`,
    `${TOP}hubs:\n  - name: staging\n    helm_chart: ${value}\n`,
    `${TOP}hubs:\n  - name: staging\n    helm_chart_values_files: [${value}]\n`,
    `${TOP}support:\n  helm_chart_values_files:\n    - ${value} # a note\n`,
    `${TOP}hubs:\n  - name: staging\n    more: ${value}\n`,
  ];
  for (const value of ["yes", "on", "1_000", "2024-01-01"]) {
    for (const text of places(value)) {
      assert.ok(JSON.stringify(cluster(text)).includes(`${value}"`) || text.includes("more"));
    }
  }
  for (const value of ["0x1f", "2024", "1.50", "true", ".nan"]) {
    for (const text of places(value)) {
      const [problem = "", ...others] = problems(text, "earth", ["more"]);
      assert.ok(problem.endsWith(`write it in quotes: "${value}"`), problem);
      assert.match(problem, /^\d+:\d+: /);
      assert.deepEqual(others, []);
    }
  }
});
