import assert from "node:assert/strict";
import type { FileExplanation } from "../../src/explain/explain_file.ts";
import type { ReleaseExplanation } from "../../src/explain/explain_cluster.ts";
import { repositoryOf, type TempRepository } from "../git/temp_repository.ts";
import { hubwright, printed } from "./fake_io.ts";
import { planOf, releasesOf } from "./planned.ts";
import { FILES, smallRepository } from "./repository.ts";

const CLUSTER = "config/clusters/earth/cluster.yaml";

const ENTRIES = `name: earth
provider: gcp
support:
  helm_chart_values_files: [support.values.yaml]
hubs:
  - {name: staging, helm_chart: basehub, domain: a}
  - {name: lab, helm_chart: daskhub, domain: b, client_token: hunter1}
  - {name: prod, helm_chart: basehub, domain: c}
`;

const CHARTS = {
  "helm-charts/basehub/Chart.yaml": "name: basehub\n",
  "helm-charts/daskhub/Chart.yaml":
    "name: daskhub\ndependencies: [{name: basehub, repository: file://../basehub}]\n",
};

/** A repository with `precision: "hub"`, and a change of one commit. */
const changed = (change: Readonly<Record<string, string | null>>) =>
  repositoryOf({
    ...CHARTS,
    "hubwright.config.ts": 'export default { precision: "hub" };\n',
    [CLUSTER]: ENTRIES,
  }, change);

const BASE = ["--base", "HEAD^"];

function explain({ path }: TempRepository, ...args: readonly string[]): Promise<string> {
  return printed(["explain", "--repo", path, ...args]);
}

async function explainJson(
  repository: TempRepository,
  ...args: readonly string[]
): Promise<readonly ReleaseExplanation[]> {
  return JSON.parse(await explain(repository, ...args, ...BASE, "--format", "json"));
}

Deno.test("explain gives the keys that changed, old and new, with secrets masked", async () => {
  const text = ENTRIES.replace(
    "domain: b, client_token: hunter1",
    "domain: d, client_token: hunter2",
  );
  await using repository = await changed({ [CLUSTER]: text });
  const [lab] = await explainJson(repository, "earth/lab");
  assert.deepEqual({ ...lab, causes: undefined }, {
    cluster: "earth",
    kind: "prod hub",
    hub: "lab",
    upgraded: true,
    causes: undefined,
    why_not: null,
    gated_by: ["staging hub staging"],
    gates: [],
  });
  const [cause] = lab?.causes ?? [];
  assert.deepEqual([cause?.rule, cause?.subjects], ["hub entry", [CLUSTER]]);
  assert.deepEqual(cause?.keys, [
    { key: "client_token", before: "***", after: "***" },
    { key: "domain", before: '"b"', after: '"d"' },
  ]);
  const out = await explain(repository, "earth/lab", ...BASE);
  assert.match(out, /^earth: prod hub lab is upgraded\n {2}because of the rule "hub entry": /);
  assert.match(out, /\n {6}domain: "b" -> "d"\n {2}it waits for: staging hub staging\n$/);
  assert.doesNotMatch(out, /hunter/);
});

Deno.test("explain gives the keys that changed for the classic rule too", async () => {
  await using repository = await changed({
    "hubwright.config.ts": "export default {};\n",
    [CLUSTER]: ENTRIES.replace("domain: b", "domain: d").replace("gcp", "aws"),
  });
  const [prod] = await explainJson(repository, "earth/prod");
  const [cause, ...others] = prod?.causes ?? [];
  assert.deepEqual([cause?.rule, others], ["cluster file", []]);
  assert.deepEqual(cause?.keys, [
    { key: "provider", before: '"gcp"', after: '"aws"' },
    { key: "hubs.lab.domain", before: '"b"', after: '"d"' },
  ]);
});

Deno.test("explain gives all of a cluster, in the order in which it is upgraded", async () => {
  await using repository = await changed({ [CLUSTER]: ENTRIES.replace("gcp", "aws") });
  const all = await explainJson(repository, "earth");
  assert.deepEqual(all.map(({ kind, hub, upgraded }) => [kind, hub, upgraded]), [
    ["support chart", null, true],
    ["staging hub", "staging", true],
    ["prod hub", "lab", true],
    ["prod hub", "prod", true],
  ]);
  assert.deepEqual(all.map(({ gated_by, gates }) => [gated_by, gates]), [
    [[], ["staging hub staging", "prod hub lab", "prod hub prod"]],
    [["support chart"], ["prod hub lab", "prod hub prod"]],
    [["support chart", "staging hub staging"], []],
    [["support chart", "staging hub staging"], []],
  ]);
});

Deno.test("explain says what the config pauses, and what waits for that", async () => {
  const config = { ledger: { since: "a".repeat(40) }, paused: { "earth/staging": "exams" } };
  await using repository = await changed({
    [CLUSTER]: ENTRIES.replace("domain: b", "domain: x"),
    "hubwright.config.ts": `export default ${JSON.stringify(config)};\n`,
  });
  const all = await explainJson(repository, "earth");
  assert.deepEqual(all.map(({ hub, upgraded, why_not }) => [hub, upgraded, why_not]), [
    [null, true, null],
    ["staging", false, "the config pauses it (exams); without that it would be upgraded"],
    ...["lab", "prod"].map((hub) => [
      hub,
      false,
      "the config pauses what goes with it; without that it would be upgraded",
    ]),
  ]);
});

Deno.test("explain says in which wave a cluster is", async () => {
  await using repository = await changed({
    [CLUSTER]: ENTRIES.replace("domain: b", "domain: x"),
    "hubwright.config.ts": 'export default { waves: [["pilot-*"], ["*"]] };\n',
  });
  const out = await explain(repository, "earth", ...BASE);
  assert.match(
    out,
    /^earth is in wave 2 of 2, which starts where nothing failed in those before\./,
  );
  const [first] = await explainJson(repository, "earth");
  assert.deepEqual(first?.wave, { number: 2, of: 2 });
});

Deno.test("explain does not say that nothing gates what earlier waves do", async () => {
  const explained = async (waves: string) => {
    await using repository = await changed({
      "config/clusters/mars/cluster.yaml": "name: mars\nprovider: gcp\nhubs:\n  - name: rover\n",
      "hubwright.config.ts": `export default { waves: ${waves} };\n`,
    });
    return await explain(repository, "mars/rover", "--base", "HEAD^");
  };
  assert.match(await explained('[["earth"], ["*"]]'), /\n {2}nothing on its cluster gates it\n/);
  assert.match(await explained('[["*"]]'), /\n {2}nothing gates it\n/);
});

Deno.test("explain says of a cluster that it is in no wave, and what its hubs and files do all the same", async () => {
  await using repository = await changed({
    [CLUSTER]: ENTRIES.replace("domain: b", "domain: x"),
    "hubwright.config.ts": 'export default { waves: [["pilot-*"]] };\n',
  });
  const args = ["earth", "--base", "HEAD^"];
  assert.match(
    await explain(repository, ...args),
    /^earth is in no wave: no pattern of "waves" matches its name, so that plan refuses it\./,
  );
  const [first] = await explainJson(repository, ...args);
  assert.deepEqual(first?.wave, { number: null, of: 1 });
  assert.match(await explain(repository, "--file", CLUSTER), /upgrades 4 releases/);
});

Deno.test("explain says why a hub is not upgraded, what would gate it, and what a label skips", async () => {
  await using repository = await changed({ [CLUSTER]: ENTRIES.replace("domain: b", "domain: x") });
  const [prod] = await explainJson(repository, "earth/prod");
  assert.equal(prod?.upgraded, false);
  assert.equal(prod?.why_not, `nothing that changed reaches it: ${CLUSTER}`);
  assert.deepEqual([prod?.causes, prod?.gated_by], [[], ["staging hub staging"]]);
  const out = await explain(repository, "earth/prod", ...BASE);
  assert.match(out, /^earth: prod hub prod is not upgraded: nothing that changed reaches it/);
  assert.match(out, /\n {2}it would wait for: staging hub staging\n$/);

  const labels = ["--labels", '["deployer:skip-deploy"]'];
  const [lab] = await explainJson(repository, "earth/lab", ...labels);
  assert.equal(lab?.upgraded, false);
  assert.match(lab?.why_not ?? "", /deployer:skip-deploy skips it; without the label it would/);
  assert.equal(lab?.causes[0]?.rule, "hub entry");
  const [skipped] = await explainJson(repository, "earth/prod", ...labels);
  assert.match(skipped?.why_not ?? "", /^nothing that changed reaches it, and the label/);
});

Deno.test("explain agrees with plan about every release", async () => {
  await using repository = await changed({
    "helm-charts/daskhub/values.yaml": "a: 1\n",
    [CLUSTER]: `${ENTRIES}  - {name: new, helm_chart: basehub}\n`,
  });
  const all = await explainJson(repository, "earth");
  const planned = releasesOf(await planOf(repository.path, BASE));
  const upgraded = all.filter((release) => release.upgraded).map(({ hub }) => `earth/${hub}`);
  assert.deepEqual(upgraded.sort(), planned.sort());
  assert.deepEqual(upgraded, ["earth/lab", "earth/new", "earth/staging"]);
});

Deno.test("explain --file says which releases a file reaches, by which rules", async () => {
  await using repository = await changed({ "x.txt": "" });
  const reached = async (file: string) => {
    const { releases }: FileExplanation = JSON.parse(
      await explain(repository, "--file", file, "--format", "json"),
    );
    return releases.map(({ kind, hub, rules }) => [kind, hub, ...rules].join(" "));
  };
  assert.deepEqual(await reached("config/clusters/earth/support.values.yaml"), [
    "support chart  support values file",
  ]);
  assert.deepEqual(await reached("./helm-charts/daskhub/values.yaml"), [
    "staging hub staging staging before prod",
    "prod hub lab chart",
  ]);
  assert.equal((await reached(CLUSTER)).length, 4);
  assert.deepEqual(await reached("docs/index.md"), []);
  assert.match(await explain(repository, "--file", "docs/index.md"), /no rule is about it/);
  assert.match(
    await explain(repository, "--file", "config/clusters/earth/notes.txt"),
    /starts the workflow, and upgrades nothing/,
  );
});

Deno.test("explain --file needs no git", async () => {
  await using folder = await smallRepository();
  const args = ["explain", "--repo", folder.path, "--file", Object.keys(FILES)[0] ?? ""];
  assert.match(
    await printed(args),
    /a change to it upgrades 3 releases\n {2}earth: support chart \(rule: cluster/,
  );
});

Deno.test("explain refuses a question that is none", async () => {
  await using folder = await smallRepository();
  const questions: readonly (readonly [readonly string[], number, RegExp])[] = [
    [[], 2, /expected a cluster, a hub as CLUSTER\/HUB, or --file PATH, found none/],
    [["earth", "--file", "a"], 2, /found two of them/],
    [["earth"], 2, /Cannot tell what changed/],
    [["earth", "mars"], 2, /"hubwright explain" takes one argument/],
    [["--file", "a", "--base", "x"], 2, /Cannot use --base with --file/],
    [["--file", "../a"], 2, /expected a path from the repository's root/],
    [
      ["erth", "--changed-files", "a"],
      1,
      /Cannot find the cluster "erth": expected azure\.mars, earth; did you mean "earth"\?/,
    ],
    [["earth/prd", "--changed-files", "a"], 1, /Cannot find the hub of earth "prd".*"prod"\?/],
    [["earth/", "--changed-files", "a"], 1, /Cannot find the hub of earth ""/],
  ];
  for (const [args, code, message] of questions) {
    const ran = await hubwright(["explain", "--repo", folder.path, ...args]);
    assert.deepEqual([ran.code, ran.out], [code, ""], args.join(" "));
    assert.match(ran.err, message);
  }
});

Deno.test("explain shows names and values that are hostile without harm", async () => {
  await using repository = await changed({
    [CLUSTER]: ENTRIES.replace("domain: b", 'domain: "\\e[31m\\n::error::x"'),
    "helm-charts/daskhub/a\n::warning::b\u202e": "x",
  });
  const out = await explain(repository, "earth/lab", ...BASE);
  // deno-lint-ignore no-control-regex -- that is what must not be there
  assert.doesNotMatch(out, /^::|[\x00-\x09\x0b-\x1f\u202e]/m);
});

/** Two clusters, one of which has a canary, and a change of the other's prod hub. */
function federation(config: string): Promise<TempRepository> {
  const cluster = (name: string, hub: string) => ({
    [`config/clusters/${name}/cluster.yaml`]:
      `name: ${name}\nprovider: gcp\nhubs:\n  - {name: ${hub}, helm_chart_values_files: [a.yaml]}\n`,
    [`config/clusters/${name}/a.yaml`]: "a: 1\n",
  });
  return repositoryOf({
    ...CHARTS,
    "hubwright.config.ts": `export default { ${config} };\n`,
    ...cluster("first", "staging"),
    ...cluster("mars", "lab"),
  }, { "config/clusters/mars/a.yaml": "a: 2\n" });
}

Deno.test("explain says which canaries of other clusters gate a hub where the fleet is one gate", async () => {
  await using repository = await federation('gate: "fleet"');
  const [lab] = await explainJson(repository, "mars/lab");
  assert.deepEqual(lab?.gated_by, ["staging hub staging on first"]);
  const [staging] = await explainJson(repository, "first/staging");
  assert.deepEqual(staging?.gates, ["prod hub lab on mars"]);
});

Deno.test("explain --branch says what a push to that branch upgrades, and what gates it", async () => {
  await using repository = await federation(
    'gate: "fleet", branches: { next: "staging", live: "prod" }',
  );
  const of = async (release: string, branch: string) => {
    const [found = assert.fail()] = await explainJson(repository, release, "--branch", branch);
    const { upgraded, gated_by, why_not } = found;
    return { upgraded, gated_by, why_not: why_not?.split(";")[0] ?? null };
  };
  for (const command of [["plan"], ["explain", "mars"]]) {
    const args = ["--repo", repository.path, ...BASE];
    const { code, err } = await hubwright([...command, ...args]);
    assert.equal(code, 0);
    assert.match(err, /^This is no branch's plan, .* --branch: next, live$/m);
    assert.equal((await hubwright([...command, ...args, "--branch", "live"])).err, "");
  }
  assert.deepEqual(await of("mars/lab", "live"), { upgraded: true, gated_by: [], why_not: null });
  assert.deepEqual(await of("mars/lab", "next"), {
    upgraded: false,
    gated_by: [],
    why_not: "the branch deploys what goes before prod hubs alone",
  });
  assert.deepEqual(await of("first/staging", "live"), {
    upgraded: false,
    gated_by: [],
    why_not: "the branch deploys prod hubs alone",
  });
});
