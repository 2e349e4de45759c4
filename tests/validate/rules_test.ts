/** What each rule finds, and what it leaves alone, in a repository that is otherwise sound. */
import assert from "node:assert/strict";
import type { FindingRule } from "../../src/validate/checks.ts";
import type { Config } from "../../src/config/config.ts";
import { memoryRepository } from "./memory.ts";
import {
  asLine,
  EARTH,
  EARTH_TEXT,
  earthWith,
  repositoryWith,
  SOUND,
  validated,
} from "./validated.ts";

type Texts = Readonly<Record<string, string | null>>;

/**
 * Checks what one rule finds, and that no other rule finds anything, after files were written (or
 * removed, where their text is `null`) and links made.
 */
function finds(
  rule: FindingRule | "validate",
  what: string,
  changes: Texts,
  expected: readonly (string | RegExp)[],
  links: Readonly<Record<string, string>> = {},
) {
  Deno.test(`${rule} finds ${what}`, async () => {
    await using folder = await repositoryWith(changes);
    for (const [path, target] of Object.entries(links)) {
      await Deno.symlink(target, folder.join(path));
    }
    const { errors, warnings, unchecked } = await validated(folder);
    const found = [...errors, ...warnings];
    const lines = found.map(asLine);
    assert.deepEqual(unchecked, []);
    assert.deepEqual(
      found.map((finding) => finding.rule),
      expected.map(() => rule),
      lines.join("\n"),
    );
    expected.forEach((line, index) => {
      if (typeof line === "string") assert.equal(lines[index], line);
      else assert.match(lines[index] ?? "", line);
    });
  });
}

const CONFIG = "hubwright.config.ts";
const FOLDER = "config/clusters/earth";
const PROD = `${FOLDER}/prod.values.yaml`;
const CHART = "helm-charts/basehub/Chart.yaml";
const ACTION = ".github/actions/setup-deploy/action.yaml";
const NO_STAGING = earthWith("name: staging", "name: stage");

const earth = (part: string, other: string) => ({ [EARTH]: earthWith(part, other) });
const config = (text: string) => ({ [CONFIG]: `export default {\n  ${text},\n};\n` });
const rules = (text: string) => config(`rules: { ${text} }`);

const FILE_KEYS = {
  ...rules('fileKeys: ["override", "gcp.key"]'),
  [EARTH]: earthWith("provider: gcp\n", "provider: gcp\ngcp:\n  key: enc-key.json\n")
    .replace("  - name: prod\n", "  - name: prod\n    override: o.yaml\n"),
};

const CHARTS = {
  [CHART]: null,
  "charts/basehub/Chart.yaml": "name: basehub\n",
  "scripts/dask.py": "",
  ...config(
    'chartsDir: "charts",\n  rules: { allHubs: [], allSupport: [],\n' +
      '    charts: { "daskhub": ["scripts/**"] } }',
  ),
};

const UNREFERENCED = /: Cannot tell what reads it: no "helm_chart_values_files" names it, /;

finds("missing-file", "the file, who needs it, and where it is named", { [PROD]: null }, [
  `${EARTH}:16:9: Cannot find the file "prod.values.yaml" of the hub prod: expected a file ` +
  `${PROD}, found nothing; add it or correct the name`,
]);
finds("missing-file", "once what support and several hubs miss", {
  "config/clusters/common.values.yaml": null,
  [`${FOLDER}/support.values.yaml`]: null,
  ...earth("    - support.values.yaml\n", "    - ../common.values.yaml\n"),
}, [/:5:7: Cannot find the file .* of support and the hubs staging, prod: /]);
finds("missing-file", "a folder in the place of a file", { [PROD]: null, [`${PROD}/`]: "" }, [
  /, found a folder; /,
]);
finds("missing-file", "the file, and does not point to another hub's", {
  [PROD]: null,
  ...earth("      - prod.values", "      - stagin.values"),
}, [/stagin\.values\.yaml, found nothing; /]);
finds("missing-file", "the files of rules.fileKeys", FILE_KEYS, [
  /:4:8: Cannot find the file "enc-key\.json" of the cluster: /,
  /:15:15: Cannot find the file "o\.yaml" of the hub prod: /,
]);
finds("missing-file", "files in the repository's other folders", {
  ...earth("prod.values.yaml", "../../../shared/x.yaml"),
  [PROD]: null,
}, [/expected a file shared\/x\.yaml, found nothing/]);
for (const target of ["nowhere", "../earth"]) {
  finds("missing-file", `a link that leads to ${target}`, { [PROD]: null }, [
    /, found the link config\/\S+, which does not lead to one; /,
  ], { [PROD]: target });
}

for (const target of ["/etc/hostname", "../../../../x", "prod.values.yaml"]) {
  finds("cluster-file", `a values file that is a link to ${target}`, { [PROD]: null }, [
    `${EARTH}:16:9: Cannot use the values file "prod.values.yaml": the link ${PROD} leads out of ` +
    "the repository, or in a circle; put a file in its place",
  ], { [PROD]: target });
}

finds(
  "repeated-file",
  "a second name for the same file in one list",
  earth("- prod.values.yaml\n", "- prod.values.yaml\n      - ./prod.values.yaml\n"),
  [
    `${EARTH}:17:9: Cannot tell which place of the file "./prod.values.yaml" is meant: the ` +
    "list of the hub prod names it twice; remove one of them",
  ],
);

const OLD = ["earth/enc-old.secret.values.yml", "earth/more/old.values.yaml"]
  .concat("earth/old.values.yaml", "old.values.yaml").map((name) => `config/clusters/${name}`);
finds(
  "unreferenced-file",
  "what is called like a values file, at any depth",
  Object.fromEntries(OLD.map((file) => [file, "a: 1\n"])),
  OLD.map((file) => new RegExp(`^${file}${UNREFERENCED.source}`)),
);
finds("unreferenced-file", "a file with the ending of a values file that is named", {
  [PROD]: null,
  [`${FOLDER}/prod.yaml`]: "a: 1\n",
  [`${FOLDER}/old.yaml`]: "a: 1\n",
  ...earth("prod.values.yaml", "prod.yaml"),
}, [UNREFERENCED]);

finds("no-canary", "prod hubs without a staging hub", { [EARTH]: NO_STAGING }, [
  `${EARTH}:6:1: Cannot try an upgrade before it reaches the prod hubs stage, prod: the ` +
  "cluster has no staging hub, and the upgrade of its support chart alone gates them; add " +
  'one, or say in the config which hubs are, with "isStaging"',
]);
for (const [waves, found] of [['["mars"], ["*"]', []], ['["*"]', [/^/]]] as const) {
  finds("no-canary", `no cluster behind a wave with a staging hub: ${waves}`, {
    ...config(`waves: [${waves}]`),
    [EARTH]: NO_STAGING,
    "config/clusters/mars/cluster.yaml": "name: mars\nprovider: gcp\nhubs:\n  - name: staging\n",
  }, found);
}
finds("no-canary", "a prod hub that nothing at all gates", {
  [EARTH]: "name: earth\nprovider: gcp\nhubs:\n  - name: prod\n",
  [`${FOLDER}/support.values.yaml`]: null,
  [`${FOLDER}/staging.values.yaml`]: null,
  [PROD]: null,
  "config/clusters/common.values.yaml": null,
}, [/:3:1: .* the prod hub prod: .* no staging hub, and nothing does; /]);

finds("unknown-chart", "a chart that has no folder, once a file", {
  [EARTH]: EARTH_TEXT.replaceAll("basehub", "bsehub"),
}, [
  `${EARTH}:8:17: Cannot find the chart "bsehub" of the hubs staging, prod: expected the ` +
  'file helm-charts/bsehub/Chart.yaml; did you mean "basehub"?',
]);
finds("unknown-chart", "a folder that is not a chart", {
  [CHART]: null,
  "helm-charts/basehub/values.yaml": "a: 1\n",
}, [/expected the file helm-charts\/basehub\/Chart\.yaml$/]);
finds("unknown-chart", "a chart of the rules, where chartsDir says", CHARTS, [
  `${CONFIG}:4:15: Cannot find the chart "daskhub" of "rules.charts": expected the file ` +
  "charts/daskhub/Chart.yaml",
]);

finds("mistyped-key", "a key of files, which is not one for rules.fileKeys", {
  [EARTH]: `${EARTH_TEXT}    helm_chart_value_files:\n      - other.yaml\n`.replace(
    "      - ../common.values.yaml\n      - prod.values.yaml\n",
    "      - prod.values.yaml\n",
  ).replace("    helm_chart_values_files:\n      - prod.values.yaml\n", ""),
  "config/clusters/earth/prod.values.yaml": null,
  "config/clusters/earth/other.yaml": "a: 1\n",
}, [/"helm_chart_value_files" of the hub prod .*did you mean "helm_chart_values_files"\?$/]);

finds("misplaced-key", "a key of the cluster in a hub's entry", {
  [EARTH]: earthWith("name: prod\n", "name: prod\n    support: {}\n")
    .replace(/support:\n.*\n.*\n/, ""),
  [`${FOLDER}/support.values.yaml`]: null,
}, [
  `${EARTH}:10:5: Cannot tell what the key "support" of the hub prod is for: hubwright ` +
  'reads it beside "hubs"; check how far it is indented',
]);

finds(
  "unmatched-pattern",
  "a pattern that matches no file, at its place",
  rules('allHubs: ["helm-charts/basehub/**", "deploier/**"]'),
  [
    `${CONFIG}:2:48: Cannot match the pattern "deploier/**" in "rules.allHubs": no file has ` +
    "such a path; correct the pattern or remove it",
  ],
);
const UNMATCHED = ["**/*.go", "requirements.txt", "!**/README.md", `${FOLDER}/*/**`, "**/HEAD"];
finds("unmatched-pattern", "each kind of pattern, in each list", {
  ...rules(
    `allHubs: ${JSON.stringify([...UNMATCHED, "helm-charts/**"])},\n` +
      '    allSupport: ["helm-charts/suport/**"],\n    charts: { basehub: ["scripts/*.py"] },\n' +
      '    triggersOnly: ["deploy.yaml", "deployer/**"]',
  ),
  ".git/HEAD": "",
}, [
  ...UNMATCHED.map((text) => new RegExp(` "${RegExp.escape(text)}" in "rules\\.allHubs": `)),
  / "helm-charts\/suport\/\*\*" in "rules\.allSupport": /,
  / "scripts\/\*\.py" in "rules\.charts\.basehub": /,
  / "deploy\.yaml" in "rules\.triggersOnly": /,
]);
finds("unmatched-pattern", "a folder, and how to mean it", rules("allHubs: ['helm-charts']"), [
  /: it is a folder; write "helm-charts\/\*\*"$/,
]);

finds(
  "missing-folder",
  "the folders that the config names",
  config('chartsDir: "chart",\n  ignoreClusters: [\n    "templates", "temples",\n  ]'),
  [
    `${CONFIG}:2:14: Cannot find the folder "chart" of "chartsDir": expected a folder chart; ` +
    "correct the name or remove it",
    `${CONFIG}:4:18: Cannot find the folder "temples" of "ignoreClusters": expected a folder ` +
    "config/clusters/temples; correct the name or remove it",
  ],
);
finds("unmatched-pattern", "defaults that match nothing", {
  "deployer/deploy.py": null,
  "deploier/deploy.py": "",
  "helm-charts/support/Chart.yaml": null,
}, [
  `${CONFIG}: Cannot match the defaults of "rules.allHubs": no file matches "deployer/**"; say in ` +
  "the config where these files are, or leave out what there is not",
  /: Cannot match the defaults of "rules.allSupport": no file matches "helm-charts\/support\/\*\*";/,
]);

finds("unmatched-pattern", "a path that looks like another", {
  ...rules('allHubs: ["caf\u00e9/**"]'),
  "cafe\u0301/menu.md": "",
}, [/ a file has a path that looks the same in another Unicode form; rename the file, or /]);

const LEDGER = `ledger: { since: "${"a".repeat(40)}" },`;
finds(
  "unknown-pause",
  "pauses of what is not there",
  config(
    `${LEDGER}\n  paused: {\n    earth: "1", "earth/prod": "2", "earth/support chart": "3",\n` +
      '    "earth/prd": "4", "mars": "5",\n  }',
  ),
  [
    `${CONFIG}:5:5: Cannot pause "earth/prd": there is no such release; did you mean "earth/prod"?`,
    `${CONFIG}:5:23: Cannot pause "mars": there is no such cluster; take it out of "paused"`,
  ],
);

finds(
  "own-permissions",
  "a runtime that starts Deno with permissions of its own",
  config('runtime: ["deno", "run", "-A", "main.ts"]'),
  [
    `${CONFIG}:2:21: Cannot keep to least permission: expected "PERMISSIONS" among the words of ` +
    '"runtime", in place of which each command gets what it needs; put it, and --frozen, where ' +
    "the permissions are",
  ],
);

finds("missing-action", "a local action that is not there", { [ACTION]: null }, [
  /^hubwright\.config\.ts: Cannot find the local action "\.\/\.github\/\S+" of "setup"/,
]);
finds(
  "missing-action",
  "a local action of further steps that is not there",
  config(`
    jobs: {
      prod: { after: (leg) => [{ name: "Tell", uses: "./tell", with: { hub: leg.hub_name } }] },
      every: { before: [{ name: "Prepare", uses: "./prepare" }] },
    },
    build: { steps: [{ name: "Build", uses: "./build" }] },
    after: [{ name: "Tell", uses: "./tell" }]`),
  [/"\.\/tell" of "after"/, /"\.\/prepare" of "jobs\.plan"/, /"\.\/build" of "build\.steps"/],
);
const OVERRIDE = {
  ...earth("provider: gcp\n", "provider: gcp\ngcp:\n  keys: [{file: enc-key.json}]\n"),
  [`${FOLDER}/enc-key.json`]: "{}",
};
finds("unwatched-file", "a file in the cluster's folder, at any depth", OVERRIDE, [
  `${EARTH}:4:17: Cannot see a change to the file "enc-key.json" of the cluster: no rule is about ` +
  'it; add "gcp.keys.file" to "rules.fileKeys"',
]);

const FROM_ROOT = {
  ...earth("  - name: prod\n", "  - name: prod\n    chart_override: charts/prod/Chart.yaml\n"),
  "charts/prod/Chart.yaml": "name: basehub\n",
};
finds("unwatched-file", "a file named from the repository's root", FROM_ROOT, [
  `${EARTH}:13:21: Cannot see a change to the file "charts/prod/Chart.yaml" of the hub prod: no ` +
  'rule is about it; add { key: "chart_override", from: "root" } to "rules.fileKeys"',
]);
finds("missing-file", "a file that is not where rules.fileKeys say", {
  ...FROM_ROOT,
  "charts/prod/Chart.yaml": null,
  ...rules('fileKeys: [{ key: "chart_override", from: "root" }]'),
}, [/: expected a file charts\/prod\/Chart\.yaml, found nothing; /]);

finds(
  "validate",
  "nothing in a repository that is unusual and right",
  {
    [EARTH]: `name: earth
provider: gcp
names: a key of another tool, as are the next
hub: x
provider_url: x
supports: x
gcp: { name: x, hubs: x }
url: https://x.org/deployer
dir: ../earth
word: LICENSE
note: a.b c
support:
  helm_chart_values_files: [support.values.yaml]
hubs:
  - name: staging
    provider: beside the cluster's
    nam: x
    display_name: x
    domain: x
    helm_chart_repo: x
    helm_chart: oci://example.org/hub
    helm_chart_values_files: [../../../linked/common.values.yaml, staging.values.yaml]
  - name: prod
    helm_chart: linked
    helm_chart_values_files: [prod.yaml, prod.values.yaml, ../../../shared/x.yaml]
  - { name: a, helm_chart: stable/hub }
  - { name: b, helm_chart: ./charts/hub }
  - { name: c, helm_chart: https:hub }
`,
    ...Object.fromEntries(["hubs: []\n", "hubs:\n", ""].map((hubs, index) => [
      `config/clusters/mars-${index}/cluster.yaml`,
      `name: mars-${index}\nprovider: gcp\n${hubs}`,
    ])),
    [PROD]: null,
    "config/clusters/common.values.yaml": null,
    [`${FOLDER}/prod.yaml`]: "a: 1\n",
    ...Object.fromEntries(
      ["x", "prod", "common.values"].map((name) => [`shared/${name}.yaml`, ""]),
    ),
    // Files that are no cluster's values files.
    "config/clusters/README.md": "Hello",
    [`${FOLDER}/enc-token.secret.yaml`]: "a: 1\n",
    [`${FOLDER}/values`]: "a: 1\n",
    [`${FOLDER}/LICENSE`]: "",
    LICENSE: "",
    "config/clusters/templates/more/x.values.yaml": "a: 1\n",
    "elsewhere/x.values.yaml": "a: 1\n",
  },
  [],
  { [PROD]: "../../../shared/prod.yaml", linked: "shared", "helm-charts/linked": "basehub" },
);

finds(
  "validate",
  "nothing where the config says what is unusual",
  {
    [CONFIG]: `export default {
  runtime: ["deno", "run", "--frozen", "PERMISSIONS", "main.ts"],
  setup: [{ name: "Access", uses: "./actions/access" }],
  isStaging: (hub) => hub.name === "stage",
  chartsDir: "charts",
  rules: {
    allHubs: [
      "**/Chart.yaml", "charts/prod/**", "config/*/common.values.yaml", ".github/**", "linked.md",
      "config/clusters/all.values.yaml", "!config/**/README.values.yaml", "!**/README.md",
    ],
    allSupport: ["README.md"],
    charts: { daskhub: ["scripts/**"] },
    fileKeys: [
      "override", "gcp.key", "gcp.keys.file", { key: "root_override", from: "root" },
      "helm_chart_values_files",
    ],
  },
};
`,
    [EARTH]: NO_STAGING.replace(
      "provider: gcp\n",
      "provider: gcp\ngcp: { key: enc-key.json, keys: [{ file: enc-2.json }] }\n" +
        "helm_chart_values_files: [../common.values.yaml]\n",
    ).replace(
      "  - name: prod\n",
      "  - name: prod\n    override: o.yaml\n    root_override: more/x.yaml\n" +
        "    chart_override: charts/prod/x.yaml\n",
    ),
    ...Object.fromEntries(["enc-key.json", "enc-2.json", "o.yaml", "README.values.yaml"]
      .map((name) => [`${FOLDER}/${name}`, "{}"])),
    "more/x.yaml": "",
    "charts/prod/x.yaml": "",
    "charts/basehub/Chart.yaml": "name: basehub\n",
    "charts/daskhub/Chart.yaml": "name: daskhub\n",
    "scripts/dask.py": "",
    "config/clusters/all.values.yaml": "a: 1\n",
    "README.md": "Hello",
    [ACTION]: null,
    ".github/dependabot.yaml": "",
    "actions/access/action.yml": "name: Access\n",
  },
  [],
  { "linked.md": "README.md" },
);

finds("validate", "nothing where there are neither charts nor templates", {
  ...rules("allHubs: [], allSupport: []"),
  "config/clusters/templates/cluster.yaml": null,
  "config/clusters/templates/hub.values.yaml": null,
  ...Object.fromEntries(
    ["basehub", "daskhub", "support"].map((name) => [`helm-charts/${name}/Chart.yaml`, null]),
  ),
}, []);

const UNUSABLE = /^hubwright\.config\.ts(?::2:\d+)?: Cannot /;
finds("config", "setup that throws", config("setup: () => { throw new Error('no'); }"), [UNUSABLE]);
finds(
  "config",
  "steps that are not pinned",
  config("setup: [{ name: 'x', uses: 'owner/action@v1' }]"),
  [UNUSABLE, UNUSABLE],
);

/** What slips or is mistyped comes with other findings: the lists that nothing reads any more. */
for (
  const [what, text, rule, place, message] of [
    ...([
      ["helm_chart_values_files", "helm_chart_value_files", "4:3", "of support"],
      ["helm_chart_values_files", "helm_chart_values_file", "4:3", "of support"],
      ["helm_chart_values_files", "helm-chart-values-files", "4:3", "of support"],
      ["helm_chart_values_files", "helmChartValuesFiles", "4:3", "of support"],
      ["hubs:", "hub:", "6:1", "of the cluster"],
      ["support:", "suport:", "3:1", "of the cluster"],
      ["helm_chart: basehub", "helm_chatr: basehub", "8:5", "of the hub staging"],
    ] as const).map(([part, other, place, of]) =>
      [
        other,
        earthWith(part, other),
        "mistyped-key",
        place,
        new RegExp(` ${of} .*did you mean "${part.split(":")[0]}"\\?$`),
      ] as const
    ),
    [
      "a key of a file that is wrong elsewhere",
      "nmae: earth\nnam: earth\nprovider: gcp\n",
      "mistyped-key",
      "2:1",
      /"nam" of the cluster/,
    ],
    [
      "a list that slipped out of its entry",
      EARTH_TEXT.replace("  helm_chart_values_files:\n    -", "helm_chart_values_files:\n  -"),
      "misplaced-key",
      "4:1",
      /"helm_chart_values_files" of the cluster is for: hubwright reads it in "support"/,
    ],
    [
      "a list that slipped into an entry",
      EARTH_TEXT.replace("hubs:\n", "  hubs:\n").replaceAll("\n  - ", "\n    - ")
        .replaceAll("\n    helm", "\n      helm").replaceAll("\n      - ", "\n        - "),
      "misplaced-key",
      "6:3",
      /"hubs" of support is for: hubwright reads it beside "support"; /,
    ],
  ] as const
) {
  Deno.test(`${rule} finds ${what}`, () => {
    const { warnings } = memoryRepository({ ...SOUND, [EARTH]: text }).report();
    const [found, ...others] = warnings.filter((finding) => finding.rule === rule);
    assert.deepEqual(others, []);
    assert.equal(`${found?.line}:${found?.column}`, place);
    assert.match(found?.message ?? "", message);
  });
}

for (const near of ["prd.values.yaml", "Prod.values.yaml", "prod.values.yml"]) {
  Deno.test(`missing-file points to ${near}, which no cluster names, on every machine`, async () => {
    await using folder = await repositoryWith({ [PROD]: null, [`${FOLDER}/${near}`]: "a: 1\n" });
    const { errors, warnings } = await validated(folder);
    assert.ok(errors[0]?.message.includes(`, found "${near}" beside it; `), errors[0]?.message);
    assert.deepEqual(warnings.map(({ rule }) => rule), ["unreferenced-file"]);
  });
}

Deno.test("missing-file says that a name looks like another in a different Unicode form", async () => {
  await using folder = await repositoryWith({
    ...earth("prod.values.yaml", "caf\u00e9.values.yaml"),
    [PROD]: null,
    [`${FOLDER}/cafe\u0301.values.yaml`]: "a: 1\n",
  });
  const { errors: [error] } = await validated(folder);
  assert.match(
    error?.message ?? "",
    /, found one beside it whose name looks the same, in another /,
  );
});

Deno.test("large-fleet finds more hubs or clusters than one push can upgrade, and not as many", () => {
  const fleet = (clusters: number, hubs: number, config: Config = {}) =>
    memoryRepository(
      Object.fromEntries(
        Array.from({ length: clusters }, (_, index) => [
          `config/clusters/c${index}/cluster.yaml`,
          `name: c${index}\nprovider: gcp\nhubs:\n  - name: staging\n` +
          Array.from({ length: hubs }, (_, hub) => `  - name: h${hub}\n`).join(""),
        ]),
      ),
      config,
    ).report().warnings.filter(({ rule }) => rule === "large-fleet").map(({ message }) => message);
  assert.deepEqual(fleet(256, 1), []);
  assert.match(
    fleet(257, 0)[0] ?? "",
    /: Cannot plan 257 canary legs: GitHub makes at most 256 jobs .*; set `shards: 2` in the config/,
  );
  assert.match(fleet(1, 257)[0] ?? "", /: Cannot plan 257 prod legs: /);
  const both = fleet(300, 2);
  assert.match(both[0] ?? "", /: Cannot plan 300 canary legs: .* set `shards: 3`/);
  assert.match(both[1] ?? "", /: Cannot plan 600 prod legs: .* set `shards: 3`/);
  assert.deepEqual(fleet(300, 2, { shards: 3 }), []);
  assert.deepEqual(fleet(300, 1, { waves: [["c1*"], ["*"]] }), []);
  assert.deepEqual(fleet(256, 2, { layout: "pipelined" }), []);
  assert.match(fleet(20, 150, { shards: 12 })[0] ?? "", /: Cannot hand over the prod legs in /);
  const hubs = fleet(1, 257, { layout: "pipelined" });
  assert.match(hubs[0] ?? "", /257 prod legs of c0: .* set `layout: "four-jobs"` and `shards: 2`/);
});

const WAVES = config('waves: [["pilot-*", "ear*h"], ["mars"]]');
finds("idle-wave", "patterns that match no cluster", WAVES, [
  `${CONFIG}:2:12: Cannot match the pattern "pilot-*" in "waves": no cluster has such a name; ` +
  "correct the pattern or remove it",
  `${CONFIG}:2:34: Cannot match the pattern "mars" in "waves": no cluster has such a name; ` +
  "correct the pattern or remove it",
]);
finds(
  "idle-wave",
  "patterns whose clusters an earlier wave has, but for a last one of all names",
  config('waves: [["ea*", "earth"], ["eart*"], ["*"]]'),
  [
    `${CONFIG}:2:30: Cannot match the pattern "eart*" in "waves": an earlier wave has every ` +
    "cluster of such a name, and a cluster is in the first that names it; move the pattern to an " +
    "earlier wave, or remove it",
  ],
);
finds("no-wave", "clusters that no pattern matches", {
  ...config('waves: [["earth"]]'),
  "config/clusters/mars/cluster.yaml": "name: mars\nprovider: gcp\nhubs:\n  - name: staging\n",
}, [
  `${CONFIG}:2:3: Cannot tell in which wave the cluster "mars" is: no pattern of "waves" matches ` +
  'its name; add it to a wave, or ["*"] as the last one',
]);
