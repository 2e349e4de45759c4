/** The README's path for someone new, and what hubwright answers to the usual mistakes on it. */
import assert from "node:assert/strict";
import { hubwright } from "./cli/fake_io.ts";
import { Sandbox } from "./cli/sandbox.ts";
import { committedFiles } from "./git/temp_repository.ts";
import { runDeno } from "./run_program.ts";

const LAKE = "config/clusters/lake";
const HUBWRIGHT = ".hubwright/hubwright.js";

function cluster(name: string): Readonly<Record<string, string>> {
  return {
    [`config/clusters/${name}/cluster.yaml`]: `name: ${name}
provider: gcp
hubs:
  - name: staging
    helm_chart_values_files: [staging.yaml]
  - name: prod
    helm_chart_values_files: [prod.yaml]
`,
    [`config/clusters/${name}/staging.yaml`]: "image: old\n",
    [`config/clusters/${name}/prod.yaml`]: "image: old\n",
  };
}

const CLUSTERS = { ...cluster("lake"), ...cluster("sea") };

/** The files with which `init` leaves a repository of two clusters. */
async function initialized(): Promise<Readonly<Record<string, string>>> {
  await using repository = await Sandbox.create(await committedFiles(CLUSTERS));
  const { code, err } = await hubwright(["init", "--repo", repository.path]);
  assert.equal(code, 0, err);
  return await repository.snapshot();
}

const INITIALIZED = initialized();

/** A repository of two clusters that `init` was run in, and then a change of a prod hub. */
async function adopted(): Promise<Sandbox> {
  const change = { [`${LAKE}/prod.yaml`]: "image: new\n" };
  return await Sandbox.create(await committedFiles(CLUSTERS, await INITIALIZED, change));
}

async function edit(
  repository: Sandbox,
  path: string,
  from: string,
  to: string,
): Promise<void> {
  const text = await repository.read(path);
  assert.ok(text.includes(from), `${path} has no ${from}`);
  await repository.write(path, text.replace(from, to));
}

Deno.test("a newcomer adopts two clusters with the README's steps", async () => {
  await using repository = await adopted();
  const skip = ["--skip-action", "./.github/actions/setup-deploy"];
  const steps: readonly (readonly [args: readonly string[], answer: RegExp])[] = [
    [["generate"], /^3 generated files are up to date/],
    [["generate", "--check"], /^3 generated files are up to date/],
    [["validate"], /^2 clusters: no errors/m],
    [["plan", "--base", "HEAD^"], /^Upgrades 0 support charts, 1 staging hub and 1 prod hub on 1 /],
    [["simulate", "--base", "HEAD^", ...skip], /^The run would be green\.$/m],
  ];
  for (const [args, answer] of steps) {
    const { code, out, err } = await hubwright([...args, "--repo", repository.path]);
    assert.equal(code, 0, `${args}: ${out}${err}`);
    assert.match(out, answer);
  }
});

interface Mistake {
  readonly make: (repository: Sandbox) => Promise<void>;
  readonly args: readonly string[];
  readonly answer: RegExp;
}

const inConfig = (from: string, to: string) => (repository: Sandbox) =>
  edit(repository, "hubwright.config.ts", from, to);
const inCluster = (from: string, to: string) => (repository: Sandbox) =>
  edit(repository, `${LAKE}/cluster.yaml`, from, to);
const CALL = "defineConfig({";

const MISTAKES: Readonly<Record<string, Mistake>> = {
  "a misspelt key of the config": {
    make: inConfig(CALL, `${CALL}\n  clusterDir: "clusters",`),
    args: ["generate"],
    answer:
      /^hubwright\.config\.ts:5:3: .* unknown key "clusterDir"; did you mean "clustersDir"\?/m,
  },
  "a misspelt key of a cluster": {
    make: inCluster("helm_chart_values_files", "helm_chart_value_files"),
    args: ["validate", "--strict", "--format", "json"],
    answer: /"line": 5,\s+"column": 5,\s+"message": .*did you mean \\"helm_chart_values_files\\"\?/,
  },
  "a missing file": {
    make: (repository) => Deno.remove(repository.join(`${LAKE}/prod.yaml`)),
    args: ["validate", "--format", "json"],
    answer:
      /"line": 7,\s+"column": 31,\s+"message": .*expected a file .*\/prod\.yaml, found nothing; add it or correct the name/,
  },
  "tabs": {
    make: inCluster("  - name: prod", "\t- name: prod"),
    args: ["plan", "--base", "HEAD^", "--head", "WORKTREE"],
    answer: /^\S+lake\/cluster\.yaml:6:1: .*tab characters must not be used.*; indent with spaces/m,
  },
  "a folder and a name that differ": {
    make: inCluster("name: lake", "name: laek"),
    args: ["plan", "--base", "HEAD^", "--head", "WORKTREE"],
    answer: /^\S+lake\/cluster\.yaml:1:7: .* "laek" in the folder "lake": .*; rename one of them/m,
  },
  "no git repository": {
    make: (repository) => Deno.remove(repository.join(".git"), { recursive: true }),
    args: ["plan", "--base", "HEAD^"],
    answer:
      /^Cannot ask git what changed in .*: not a git repository.*; run in a git repository, or/,
  },
  "the wrong folder": {
    make: (repository) => Deno.remove(repository.join("config"), { recursive: true }),
    args: ["generate"],
    answer:
      /config\/clusters: Cannot find the folder of clusters: expected a folder; set "clus.* or run/,
  },
  "a forgotten generate": {
    make: inConfig(CALL, `${CALL}\n  name: "Deploy",`),
    args: ["generate", "--check"],
    answer:
      /^\S+deploy-hubs\.yaml:4: .* differs from what is generated; run "deno task generate"$/m,
  },
  "a config that does not import": {
    make: inConfig("import", 'import "./nowhere.ts";\nimport'),
    args: ["generate"],
    answer:
      /^hubwright\.config\.ts:1:8: .* not found "file:.*nowhere\.ts"; expected a file there: add it/m,
  },
};

for (const [name, { make, args, answer }] of Object.entries(MISTAKES)) {
  Deno.test(`a newcomer is told about ${name}`, async () => {
    await using repository = await adopted();
    await make(repository);
    const { code, out, err } = await hubwright([...args, "--repo", repository.path]);
    assert.equal(code, 1, out + err);
    assert.match(out + err, answer);
  });
}

Deno.test("a newcomer is told about what the machine lacks", async () => {
  await using repository = await adopted();
  const old = 'Object.defineProperty(Deno, "version", { value: { deno: "2.2.0" } });\n';
  await repository.write("old.js", old);
  const plan = [HUBWRIGHT, "plan", "--base", "HEAD^"];
  const lacks:
    readonly (readonly [flags: readonly string[], env: Record<string, string>, answer: RegExp])[] =
      [
        [
          ["-A", "--preload", "./old.js"],
          {},
          /Deno 2\.2\.0: expected .* newer; run "deno upgrade"$/m,
        ],
        [["-RE"], {}, /^Cannot go on: Requires run access to "git".* with the --allow-run flag$/m],
        [
          ["-A"],
          { PATH: "/" },
          /^Cannot start git: expected it on the PATH; install it, or give the changed /,
        ],
      ];
  for (const [flags, env, answer] of lacks) {
    const run = ["run", "--no-prompt", ...flags, ...plan];
    const { code, out, err } = await runDeno(run, { cwd: repository.path, env });
    assert.equal(code, 1, out + err);
    assert.match(err, answer);
  }
});
