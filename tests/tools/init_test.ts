import assert from "node:assert/strict";
import { committed, DEPLOY, FLEET, WORKFLOWS } from "../adopt/fleet.ts";
import { hubwright } from "../cli/fake_io.ts";
import { ROOT, Sandbox } from "../cli/sandbox.ts";
import { runDeno } from "../run_program.ts";

type Files = Readonly<Record<string, string>>;

const init = (repository: Sandbox, ...args: readonly string[]) =>
  hubwright(["init", "--repo", repository.path, ...args]);

/** A repository with these files, and what `init` that goes well there prints. */
async function adopted(files: Files, ...args: readonly string[]) {
  const repository = await committed(files);
  const { code, out, err } = await init(repository, ...args);
  assert.equal(code, 0, err);
  return Object.assign(repository, { out });
}

/** What `init` says that does not go on, and writes nothing. */
async function refused(files: Files): Promise<string> {
  await using repository = await committed(files);
  const before = await repository.snapshot();
  const { code, err } = await init(repository);
  assert.equal(code, 1);
  assert.deepEqual(await repository.snapshot(), before);
  return err;
}

/** That commands go well in a repository. */
async function passes(repository: Sandbox, ...commands: readonly (readonly string[])[]) {
  for (const command of commands) {
    const { code, out, err } = await hubwright([...command, "--repo", repository.path]);
    assert.equal(code, 0, `${command}: ${out}${err}`);
  }
}

const CHECK = ["generate", "--check"];
const VALIDATE = ["validate", "--strict"];
const WORKFLOW = ".github/workflows/deploy-hubs.yaml";
const CONFIG = "hubwright.config.ts";

/** A fleet that is laid out in another way. */
const DEPLOYMENTS = {
  "deployments/lake/hub.yaml": "a: 1\n",
  "deployments/meadow/hub.yaml": "a: 1\n",
};
const HELM =
  "name: CD\non: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: helm upgrade a b\n";

Deno.test("init leaves a repository in which generate --check and validate pass", async () => {
  await using repository = await adopted(FLEET);
  assert.match(repository.out, /Clusters: 2 in config\/clusters, with 3 hubs/);
  assert.match(repository.out, /Next\n {2}1\. .*\n {2}2\. .*\n {2}3\. /);
  await passes(repository, CHECK, VALIDATE);
  const files = Object.keys(await repository.snapshot());
  for (const name of await Array.fromAsync(Deno.readDir(`${ROOT}/dist`), ({ name }) => name)) {
    assert.ok(files.includes(`.hubwright/${name}`), name);
  }
  assert.ok(files.includes(".github/workflows/check-hubwright.yaml"));
  assert.match(await repository.read(".gitattributes"), /^\/\.hubwright\/\*\* /m);
});

Deno.test("init run twice changes nothing the second time", async () => {
  await using repository = await adopted(FLEET);
  const before = await repository.snapshot();
  const { code, out } = await init(repository);
  assert.equal(code, 0);
  assert.match(out, /^Nothing to do/);
  assert.deepEqual(await repository.snapshot(), before);
});

Deno.test("init writes no more of a config than differs from the defaults", async () => {
  await using repository = await adopted({ ...FLEET, "config/clusters/x/README.md": "x" });
  const config = await repository.read(CONFIG);
  assert.doesNotMatch(config, /defaultBranch|clustersDir|chartsDir|commands|labels|setup/);
  assert.match(config, /ignoreClusters: \["templates", "x"\]/);
  assert.match(config, /fileKeys: \["gcp\.key", \{ key: "override", from: "root" \}\]/);
  assert.match(
    config,
    /allHubs: \[\s*"src\/deployer\/\*\*",\s+"pyproject\.toml",\s+"helm-charts\/basehub\/\*\*",?\s*\]/,
  );
  assert.ok(config.includes(`since: "${await repository.git("rev-parse", "HEAD")}"`));
});

Deno.test("init refuses to take the place of workflows without --replace, and writes nothing", async () => {
  const err = await refused({ ...FLEET, ...WORKFLOWS });
  assert.match(err, /^\.github\/workflows\/deploy-hubs\.yaml: .*deployer deploy.*--replace.*over/m);
  assert.match(err, /^\.github\/workflows\/comment\.yaml: .*--replace.*deletes it/m);
  assert.doesNotMatch(err, /docs\.yaml/);
});

Deno.test("init --replace takes the place of workflows", async () => {
  await using repository = await adopted({ ...FLEET, ...WORKFLOWS }, "--replace");
  await assert.rejects(repository.read(".github/workflows/comment.yaml"));
  const [path = "", docs] = Object.entries(WORKFLOWS).at(-1) ?? [];
  assert.equal(await repository.read(path), docs);
  const workflow = await repository.read(WORKFLOW);
  for (const text of ["id-token: write", "secrets.IDENTITY", "--attempts 3", "SLACK_HOOK"]) {
    assert.ok(workflow.includes(text), text);
  }
  await passes(repository, CHECK, VALIDATE);
});

Deno.test("init leaves out what a workflow says that hubwright refuses, and says so", async () => {
  const text = DEPLOY.replace("- uses: google", "- name: Upgrade the hub\n        uses: google");
  await using repository = await adopted({ ...FLEET, [WORKFLOW]: text }, "--replace");
  assert.match(
    repository.out,
    /deploy-hubs\.yaml says cannot be taken over: .*name that hubwright gives/,
  );
  assert.doesNotMatch(await repository.read(CONFIG), /google/);
});

Deno.test("init --dry-run shows everything as a diff and writes nothing", async () => {
  await using repository = await committed(FLEET);
  const before = await repository.snapshot();
  const { code, out } = await init(repository, "--dry-run");
  assert.equal(code, 0);
  for (const path of [CONFIG, "deno.json", WORKFLOW]) {
    assert.match(out, new RegExp(`^\\+\\+\\+ b/${path}$`, "m"));
  }
  assert.match(out, /^Would write\n/m);
  assert.deepEqual(await repository.snapshot(), before);
});

Deno.test("init decides upgrades as they were decided without a config", async () => {
  await using repository = await committed(FLEET);
  const changed = ["config/clusters/lake/plankton.yaml", "helm-charts/support/Chart.yaml"];
  const plan = async () => {
    const args = ["--changed-files", changed.join(), "--format", "json"];
    return (await hubwright(["plan", "--repo", repository.path, ...args])).out;
  };
  const before = await plan();
  assert.match(before, /plankton/);
  await init(repository);
  assert.equal(await plan(), before);
});

Deno.test("init by a newer version brings .hubwright/ up to date and nothing else", async () => {
  const old = "// Built by hubwright 0.0.9 from its source\n";
  await using repository = await adopted({
    ...FLEET,
    [CONFIG]: "export default {};\n",
    ".hubwright/hubwright.js": old,
    ".hubwright/gone.js": old,
  });
  assert.match(repository.out, /^Updated hubwright: 0\.0\.9 -> \d/m);
  const after = Object.entries(await repository.snapshot());
  const others = after.filter(([path]) => !path.startsWith(".hubwright/"));
  assert.deepEqual(
    Object.fromEntries(others),
    { ...FLEET, [CONFIG]: "export default {};\n" },
  );
  assert.ok(after.every(([, text]) => text !== old));
});

/** Repositories in which nothing is written, and what is said. */
const REFUSED: Readonly<Record<string, readonly [files: Files, ...says: readonly RegExp[]]>> = {
  "to put an older version in place of a newer one": [
    { ".hubwright/hubwright.js": "// Built by hubwright 99.0.0 from its source\n" },
    /^\.hubwright: .*99\.0\.0/,
  ],
  "to overwrite a file in .hubwright/ that is not of hubwright": [
    { ".hubwright/mod.js": "ours\n" },
    /^\.hubwright\/mod\.js: Cannot overwrite it/,
  ],
  "clusters that are wrong, and says all that is": [
    {
      "config/clusters/lake/cluster.yaml": "name: pond\nprovider: gcp\n",
      "config/clusters/meadow/cluster.yaml": "name: meadow\n",
    },
    /lake\/cluster\.yaml:1:7: /,
    /meadow\/cluster\.yaml.*provider/,
  ],
};

for (const [what, [files, ...says]] of Object.entries(REFUSED)) {
  Deno.test(`init refuses ${what}`, async () => {
    const err = await refused({ ...FLEET, ...files });
    for (const line of says) assert.match(err, line);
  });
}

Deno.test("init refuses links where it would write, and leaves what is behind them", async () => {
  await using outside = await Sandbox.create({ "deno.json": "{}\n" });
  const { ".github/actions/setup-deploy/action.yaml": _, ...files } = FLEET;
  for (const path of [".hubwright", ".github", "deno.json"]) {
    await using repository = await committed(files);
    const target = path === "deno.json" ? outside.join(path) : outside.path;
    await Deno.symlink(target, repository.join(path));
    const { code, err } = await init(repository);
    assert.equal(code, 1, path);
    assert.match(err, new RegExp(`^${RegExp.escape(path)}: .*symbolic link`, "m"));
    assert.deepEqual(await outside.snapshot(), { "deno.json": "{}\n" });
    await assert.rejects(repository.read(CONFIG));
  }
});

Deno.test("init wants the root of a git repository", async () => {
  await using folder = await Sandbox.create(FLEET);
  const outside = await init(folder);
  assert.equal(outside.code, 1);
  assert.match(outside.err, /^Cannot adopt .*git repository/);
  await using repository = await committed(FLEET);
  const inside = await hubwright(["init", "--repo", repository.join("config")]);
  assert.equal(inside.code, 1);
  assert.match(inside.err, /expected the root of a git repository/);
});

Deno.test("init takes the branch of origin, and what is pushed as the beginning of the record", async () => {
  await using origin = await committed(FLEET);
  await origin.git("branch", "--move", "trunk");
  const pushed = await origin.git("rev-parse", "HEAD");
  await using clone = await Sandbox.create();
  await clone.git("clone", "--quiet", origin.path, ".");
  await clone.git("checkout", "--quiet", "-b", "adopt");
  await clone.commit("Something here alone");
  await init(clone);
  const config = await clone.read(CONFIG);
  assert.match(config, /defaultBranch: "trunk"/);
  assert.ok(config.includes(`since: "${pushed}"`));
});

Deno.test("init keeps what a deno.jsonc says, comments included, and tells of tasks of its own", async () => {
  const text = '{\n\t// ours\n\t"tasks": { "check": "make check" },\n\t"imports": {}, // more\n}\n';
  await using repository = await adopted({ ...FLEET, "deno.jsonc": text });
  const merged = await repository.read("deno.jsonc");
  assert.match(merged, /^\t\/\/ ours$/m);
  assert.match(merged, /"check": "make check"/);
  assert.match(merged, /"@hubwright\/hubwright": "\.\/\.hubwright\/mod\.js"/);
  assert.match(repository.out, /The task "check" stays/);
  await assert.rejects(repository.read("deno.json"));
});

Deno.test("init writes a setup-deploy where there is none, and hands its secrets over", async () => {
  const { ".github/actions/setup-deploy/action.yaml": _, ...files } = FLEET;
  await using repository = await adopted(files);
  const action = await repository.read(".github/actions/setup-deploy/action.yaml");
  assert.match(action, /run: pip install \.$/m);
  const config = await repository.read(CONFIG);
  assert.match(config, /"gcp-credentials": secret\("GCP_CREDENTIALS"\)/);
  assert.match(config, /"aws-access-key-id": secret\("AWS_ACCESS_KEY_ID"\)/);
  await passes(repository, CHECK);
});

Deno.test("init leaves an action, a check and a config that are there as they are", async () => {
  const files = {
    ...FLEET,
    ".github/workflows/check-hubwright.yaml": "name: ours\n",
    [CONFIG]: "export default {};\n",
  };
  await using repository = await adopted(files);
  assert.match(repository.out, /hubwright\.config\.ts is there and stays/);
  for (const [path, text] of Object.entries(files)) {
    assert.equal(await repository.read(path), text, path);
  }
});

Deno.test("init in another layout writes a config with an example that generates", async () => {
  await using repository = await adopted({
    ...DEPLOYMENTS,
    "hub/Chart.yaml": "name: hub\n",
    ".github/workflows/cd.yml": HELM,
  });
  const { out } = repository;
  assert.match(out, /Files: 2 of deployments\/\*\/hub\.yaml/);
  assert.match(out, /cd\.yml may upgrade something too/);
  assert.match(out, /Charts, of which none is known to be a hub's: hub$/m);
  assert.match(out, /hand over in "setup" what the action signs in with/);
  assert.match(await repository.read(CONFIG), /files: "deployments\/\*\/hub\.yaml"/);
  await passes(repository, ["generate"]);
});

Deno.test("init writes configs that compile", async () => {
  // Against the types of this source: those that are built may be older.
  const { imports } = JSON.parse(await Deno.readTextFile(`${ROOT}/deno.json`));
  const all = { ...imports, "@hubwright/hubwright": `${ROOT}/mod.ts` };
  const configs: string[] = [];
  for (const files of [{ ...FLEET, ...WORKFLOWS }, DEPLOYMENTS]) {
    await using repository = await adopted(files, "--replace");
    configs.push(await repository.read(CONFIG));
  }
  const [taken = "", example = ""] = configs;
  const types = JSON.stringify({ imports: all });
  await using folder = await Sandbox.create({ "taken.ts": taken, "example.ts": example, types });
  const files = ["types", "taken.ts", "example.ts"].map((file) => folder.join(file));
  const { code, err } = await runDeno(["check", "--no-lock", "--config", ...files]);
  assert.equal(code, 0, err);
});

Deno.test("init in another layout says which workflow generate will not overwrite", async () => {
  await using repository = await adopted({ ...DEPLOYMENTS, [WORKFLOW]: HELM });
  assert.match(
    repository.out,
    /deploy-hubs\.yaml has the name of hubwright's, .*"deno task generate --replace"/,
  );
});

for (const name of ["deploy-hubs.yaml", "comment-deployment-plan-pr.yaml", ".gitattributes"]) {
  Deno.test(`init in another layout says that generate will not overwrite ${name}, and with what it does`, async () => {
    await using repository = await adopted({
      ...DEPLOYMENTS,
      "deno.json": '{ "tasks": { "generate": "make docs", "validate": "make check" } }\n',
      [`.github/workflows/${name}`]: "# ours\n",
    });
    const { out } = repository;
    const [, command = ""] = out.split("\n").find((line) => line.includes(`workflows/${name}`))
      ?.match(/does not overwrite it: .*"(.+) --replace"/) ?? [];
    assert.equal(command, "deno task hubwright generate");
    assert.match(
      out,
      /1\. .*\n.*"deno task hubwright generate" and "deno task hubwright validate"/,
    );
    const refused = await hubwright(["generate", "--repo", repository.path]);
    assert.equal(refused.code, 1);
    assert.match(refused.err, /or run "deno task hubwright generate --replace"/);
    await passes(repository, ["generate", "--replace"]);
  });
}

Deno.test("init says which patterns reach all hubs where no chart is at the usual place", async () => {
  const { "helm-charts/basehub/Chart.yaml": _, "helm-charts/support/Chart.yaml": __, ...rest } =
    FLEET;
  for (const files of [rest, DEPLOYMENTS]) {
    await using repository = await adopted(files);
    assert.match(await repository.read(CONFIG), /allSupport: \[\]/);
    const { out } = await hubwright(["validate", "--repo", repository.path]);
    assert.doesNotMatch(out, /unmatched-pattern/);
  }
});

Deno.test("init --editor names the schema in settings and in each cluster.yaml, once", async () => {
  await using repository = await committed({
    ...FLEET,
    ".gitignore": ".vscode\n",
    ".vscode/settings.json": '{\n  // ours\n  "a": 1\n}\n',
  });
  for (const _ of [1, 2]) {
    const { code, out } = await init(repository, "--editor");
    assert.equal(code, 0);
    assert.match(out, /label that skips/);
  }
  const cluster = await repository.read("config/clusters/lake/cluster.yaml");
  const line = "# yaml-language-server: $schema=../../../.hubwright/cluster.schema.json\n";
  assert.equal(cluster, line + FLEET["config/clusters/lake/cluster.yaml"]);
  const settings = await repository.read(".vscode/settings.json");
  assert.match(settings, /\/\/ ours/);
  assert.match(settings, /cluster\.schema\.json": "config\/clusters\/\*\/cluster\.yaml"/);
});

Deno.test("init names what git would leave out", async () => {
  await using repository = await adopted({ ...FLEET, ".gitignore": "*.d.ts\n" });
  assert.match(repository.out, /git ignores \.hubwright\/mod\.d\.ts: .*"git add --force"/);
});

Deno.test("init quotes whatever a repository is called, and runs none of it", async () => {
  await using repository = await adopted({
    ...FLEET,
    'config/clusters/"],x:(()=>{throw 1})(),y:["/README.md': "x",
    "config/clusters/\u2028${{ x }}\n*\/README.md": "x",
    ".github/workflows/\u001b[31m.yaml": "name: x\njobs: {a: {steps: [{run: 'helm upgrade'}]}}\n",
  });
  assert.ok(!repository.out.includes("\u001b"));
  await passes(repository, CHECK);
});
