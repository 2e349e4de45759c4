import assert from "node:assert/strict";
import { decide } from "../../src/plan/decide.ts";
import { upgradesOf } from "../../src/replay/upgrades.ts";
import {
  CLUSTERS_DIR,
  DEFAULT_PATTERNS,
  fullCluster,
  inputOf,
  rulesFor,
} from "../plan/arbitraries.ts";

const FOLDER = `${CLUSTERS_DIR}/full`;
const STAGING = `${FOLDER}/staging.values.yaml`;
const LAB = "deployer/lab.values.yaml";
const lab = { name: "lab", staging: false, valuesFiles: [LAB] };
const cluster = { ...fullCluster, hubs: [...fullCluster.hubs, lab] };

/** What changed files upgrade: each release with its kind and its rules. */
const UPGRADES: readonly (readonly [
  criterion: string,
  changed: readonly string[],
  upgrades: Readonly<Record<string, readonly string[]>>,
])[] = [
  ["each release with its kind and what caused it", [fullCluster.file], {
    "full": ["support_charts", "cluster file"],
    "full/staging": ["staging_hubs", "cluster file"],
    "full/prod": ["prod_hubs", "cluster file"],
    "full/lab": ["prod_hubs", "cluster file"],
  }],
  ["a support chart alone", [`${FOLDER}/support.values.yaml`], {
    "full": ["support_charts", "support values file"],
  }],
  ["nothing", ["docs/index.md"], {}],
  ["a staging hub with the causes of the prod hubs behind it", [`${FOLDER}/prod.values.yaml`], {
    "full/staging": ["staging_hubs", "hub values file"],
    "full/prod": ["prod_hubs", "hub values file"],
  }],
  ["a staging hub with its own causes besides", [STAGING, LAB], {
    "full/staging": ["staging_hubs", "all hubs", "hub values file"],
    "full/prod": ["prod_hubs", "all hubs"],
    "full/lab": ["prod_hubs", "all hubs", "hub values file"],
  }],
  ["no prod hub for its staging hub's causes", [STAGING], {
    "full/staging": ["staging_hubs", "hub values file"],
  }],
];

for (const [criterion, changed, expected] of UPGRADES) {
  Deno.test(`upgradesOf() gives ${criterion}`, () => {
    const clusters = [cluster];
    const rules = rulesFor(DEFAULT_PATTERNS, clusters);
    const upgrades = [...upgradesOf(decide(inputOf({ clusters, changed, rules })))]
      .map(([name, { kind, rules }]) => [name, [kind, ...[...rules].sort()]]);
    assert.deepEqual(Object.fromEntries(upgrades), expected);
  });
}
