import assert from "node:assert/strict";
import { parseConfig, type Settings } from "../../src/config/settings.ts";
import type { Push } from "../../src/git/history.ts";
import type { Step } from "../../src/ledger/make_up.ts";
import { planSteps, type StepsRequest } from "../../src/replay/plan_steps.ts";
import { earth, FILES } from "../cli/repository.ts";
import { commitOf, repositoryOf } from "../git/temp_repository.ts";

const CLUSTER = earth("cluster.yaml");
const PROD = earth("prod.values.yaml");

function settings(precision: "cluster" | "hub" = "cluster"): Settings {
  return parseConfig({ precision }, "hubwright.config.ts");
}

/** Plans a history of changes to a small repository; gives also what it asked the labels of. */
async function planned(
  pushes: readonly Readonly<Record<string, string | null>>[],
  labels: Readonly<Record<number, readonly string[]>> = {},
  request: Partial<StepsRequest> = {},
) {
  await using repository = await repositoryOf(FILES, ...pushes);
  const history = await repository.git("rev-list", "--reverse", "HEAD");
  const [from = "", ...commits] = history.split("\n");
  const asked: number[] = [];
  const steps = await planSteps({
    repo: repository.path,
    settings: settings(),
    from,
    to: "HEAD",
    concerns: (path) => path.startsWith("config/") || path.startsWith("helm-charts/"),
    labelsOf: ({ commit }: Push) => {
      const index = commits.indexOf(commit);
      asked.push(index);
      return Promise.resolve(labels[index] ?? []);
    },
    ...request,
  });
  assert.deepEqual(steps.map(({ commit }) => commit), commits);
  return { steps: steps.map(said), asked };
}

/** What a step upgrades, and by which rules. */
function said({ causes }: Step): Record<string, string> {
  return Object.fromEntries(
    [...causes].sort().map(([key, all]) => [key, all.map(({ rule }) => rule).join(", ")]),
  );
}

const EARTH = ["earth/prod", "earth/staging", "earth/support chart"];
const whole = (rule: string) => Object.fromEntries(EARTH.map((key) => [key, rule]));

Deno.test("planSteps() plans each commit by itself, what a later one takes back as well", async () => {
  const { steps } = await planned([
    { [PROD]: "a: 1\n" },
    { [PROD]: null, [earth("support.values.yaml")]: "a: 1\n" },
    { "helm-charts/basehub/values.yaml": "a: 1\n" },
  ]);
  assert.deepEqual(steps, [
    { "earth/prod": "hub values file" },
    { "earth/support chart": "support values file" },
    { "azure.mars/rover": "all hubs", "earth/prod": "all hubs", "earth/staging": "all hubs" },
  ]);
});

Deno.test("planSteps() adds no staging hub of its own: what goes with what is decided later", async () => {
  const { steps } = await planned([{ [PROD]: "a: 1\n" }]);
  assert.deepEqual(Object.keys(steps[0] ?? {}), ["earth/prod"]);
});

Deno.test("planSteps() takes the clusters as they were then", async () => {
  const moved = (FILES[CLUSTER] ?? "").replace("prod.values.yaml", "other.values.yaml");
  const { steps } = await planned(
    [{ [PROD]: "a: 1\n" }, { [CLUSTER]: moved }, { [PROD]: "a: 2\n" }, {
      [earth("other.values.yaml")]: "",
    }],
    {},
    { settings: settings("hub") },
  );
  assert.deepEqual(steps, [
    { "earth/prod": "hub values file" },
    { "earth/prod": "hub entry" },
    {},
    { "earth/prod": "hub values file" },
  ]);
});

Deno.test("planSteps() asks for labels only where a commit can concern a release", async () => {
  const { steps, asked } = await planned(
    [{ "README.md": "a\n" }, { [PROD]: "a: 1\n" }, { "docs/x.md": "" }, {
      [earth("staging.values.yaml")]: "",
    }],
    { 0: ["deployer:deploy-hubs"], 1: ["deployer:skip-deploy"], 3: ["deployer:deploy-support"] },
  );
  assert.deepEqual(asked, [1, 3]);
  assert.deepEqual(steps, [{}, {}, {}, {
    "earth/staging": "hub values file",
    "earth/support chart": "label",
  }]);
});

Deno.test("planSteps() asks for nothing where no commit can concern a release", async () => {
  const { steps, asked } = await planned([{ "README.md": "a\n" }, { "docs/x.md": "" }]);
  assert.deepEqual({ steps, asked }, { steps: [{}, {}], asked: [] });
});

Deno.test("planSteps() upgrades a whole cluster for a commit at which it could not be read", async () => {
  const { steps } = await planned([
    { [CLUSTER]: "name: [\n" },
    { [PROD]: "a: 1\n" },
    { [CLUSTER]: FILES[CLUSTER] ?? "" },
    { [PROD]: "a: 2\n" },
  ]);
  assert.deepEqual(steps.slice(0, 2), [whole("unreadable"), whole("unreadable")]);
  assert.deepEqual(steps.slice(2), [whole("cluster file"), { "earth/prod": "hub values file" }]);
});

Deno.test("planSteps() follows the first parents alone", async () => {
  await using repository = await repositoryOf(FILES);
  await repository.git("checkout", "--quiet", "-b", "side");
  await repository.commit({ [PROD]: "a: 1\n" });
  await repository.git("checkout", "--quiet", "main");
  await repository.commit({ "README.md": "a\n" });
  await repository.git("merge", "--quiet", "--no-edit", "side");
  const subjects: string[] = [];
  const steps = await planSteps({
    repo: repository.path,
    settings: settings(),
    from: await commitOf(FILES),
    to: "HEAD",
    concerns: () => true,
    labelsOf: ({ subject }) => {
      subjects.push(subject);
      return Promise.resolve([]);
    },
  });
  assert.deepEqual(steps.map(said), [{}, { "earth/prod": "hub values file" }]);
  assert.deepEqual(subjects, ["change", "Merge branch 'side'"]);
});

Deno.test("planSteps() fails where labels cannot be read", async () => {
  const labelsOf = () => Promise.reject(new Error("no labels"));
  await assert.rejects(planned([{ [PROD]: "a: 1\n" }], {}, { labelsOf }), /no labels/);
});

Deno.test("planSteps() asks for the labels of some pushes at once, in any order", async () => {
  const begun: (() => void)[] = [];
  const pushes = ["a: 1\n", "a: 2\n", "a: 3\n"].map((text) => ({ [PROD]: text }));
  const { steps } = await planned(pushes, {}, {
    labelsOf: async () => {
      const all = Promise.withResolvers<void>();
      if (begun.push(all.resolve) === pushes.length) begun.toReversed().forEach((end) => end());
      await all.promise;
      return begun[1] === all.resolve ? ["deployer:skip-deploy"] : [];
    },
  });
  assert.deepEqual(steps.map((step) => Object.keys(step)), [["earth/prod"], [], ["earth/prod"]]);
});
