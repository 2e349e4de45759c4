/** What is built, in a user's repository: no cache, no network, no lock file. */
import assert from "node:assert/strict";
import { committed, FLEET } from "../adopt/fleet.ts";
import { copyExample, ROOT, Sandbox } from "../cli/sandbox.ts";
import { EMPTY_REPOSITORY } from "../git/temp_repository.ts";
import { runDeno, runProgram } from "../run_program.ts";

const OFFLINE = ["--cached-only", "--no-remote", "--no-npm", "--no-lock"];

const CONFIG = `import { defineConfig, secret, template } from "@hubwright/hubwright";

export default defineConfig({
  setup: ({ provider }) => [{
    name: "Set up access to the cluster",
    uses: "./.github/actions/setup-deploy",
    env: { GREETING: template\`for \${provider}\` },
    with: { provider, key: secret("DEPLOYER_KEY") },
  }],
});
`;

/** The example with a config that makes a secret and a template, and a change in its history. */
async function repositoryWithSecrets(): Promise<Sandbox> {
  const repository = await copyExample("infrastructure", EMPTY_REPOSITORY);
  await repository.write("hubwright.config.ts", CONFIG);
  const action = await repository.read(".github/actions/setup-deploy/action.yaml");
  await repository.write(
    ".github/actions/setup-deploy/action.yaml",
    action.replace("inputs:\n", "inputs:\n  key:\n    description: A key\n"),
  );
  await repository.write(".git/info/exclude", ".hubwright\n");
  return repository;
}

/** Runs Deno with a cache that is empty at first. */
async function denoWithoutCache() {
  const cache = await Sandbox.create();
  return {
    run: (args: readonly string[], cwd: string) =>
      runDeno(args, { cwd, env: { DENO_DIR: cache.path } }),
    [Symbol.asyncDispose]: () => cache[Symbol.asyncDispose](),
  };
}

Deno.test("dist/ runs what people call with a config that makes secrets", async () => {
  await using repository = await repositoryWithSecrets();
  await using deno = await denoWithoutCache();
  const hubwright = (args: string) =>
    deno.run(
      ["run", ...OFFLINE, "-A", ".hubwright/hubwright.js", ...args.split(" ")],
      repository.path,
    );
  const { code, out, err } = await hubwright("generate");
  assert.equal(code, 0, err);
  assert.match(out, /^Wrote \.github\/workflows\/deploy-hubs\.yaml$/m);
  const workflow = await repository.read(".github/workflows/deploy-hubs.yaml");
  assert.match(workflow, /key: \$\{\{ secrets\.DEPLOYER_KEY \}\}/);
  assert.match(workflow, /GREETING: for \$\{\{ matrix\.jobs\.provider \}\}/);
  await repository.commit("Adopt hubwright");
  await repository.write("config/clusters/fjord/kelp.values.yaml", "# changed\n");
  await repository.commit("Change a hub");
  const calls: readonly (readonly [args: string, says: RegExp])[] = [
    ["--version", /^\d+\.\d+\.\d+\n$/],
    ["--help", /^Generate the deployment workflows/],
    ["plan --base HEAD^", /kelp/],
    ["explain fjord/kelp --base HEAD^", /kelp/],
    ["pins", /actions\/checkout/],
    ["replay", /Change a hub/],
    ["completions bash", /complete .*hubwright/],
  ];
  for (const [args, says] of calls) {
    const { code, out, err } = await hubwright(args);
    assert.deepEqual({ args, code, err }, { args, code: 0, err: "" });
    assert.match(out, says, args);
  }
});

Deno.test("dist/ adopts a repository without a network, and what it leaves passes every check", async () => {
  await using repository = await committed(FLEET);
  await using deno = await denoWithoutCache();
  const dist = `${ROOT}/dist/hubwright.js`;
  const adopted = await deno.run(["run", ...OFFLINE, "-A", dist, "init"], repository.path);
  assert.equal(adopted.code, 0, adopted.err);
  await repository.commit("Adopt hubwright");
  await repository.write("config/clusters/lake/plankton.yaml", "a: 2\n");
  await repository.commit("Change a hub");
  const skip = "--skip-action ./.github/actions/setup-deploy";
  const calls = ["generate --check", "validate --strict", `simulate --base HEAD^ ${skip}`, "init"];
  for (const args of calls) {
    const words = ["task", "--quiet", "hubwright", ...args.split(" ")];
    const { code, out, err } = await deno.run(words, repository.path);
    assert.equal(code, 0, `${args}: ${out}${err}`);
  }
});

/** What a wrong config says, and what its types answer. */
const WRONG: readonly (readonly [right: string, wrong: string, answer: RegExp])[] = [
  ["setup:", "setups:", /'setups' does not exist|setups/],
  ["with: { provider,", "with: { provider: providr,", /providr/],
  ["template }", "template, context }", /context/],
];

Deno.test("deno task pack makes an npm package that runs where nothing else is installed, and types a config as dist/ does", async () => {
  await using folder = await Sandbox.create();
  const packed = await runDeno(["task", "--quiet", "pack", folder.path]);
  assert.equal(packed.code, 0, packed.err);
  await using user = await repositoryWithSecrets();
  await Deno.remove(user.join("deno.json"));
  const flags = ["--offline", "--silent", "--no-audit", "--no-fund"];
  const tarball = folder.join(packed.out.trim());
  const installed = await runProgram("npm", ["install", ...flags, tarball], { cwd: user.path });
  assert.equal(installed.code, 0, installed.err);
  const { dependencies } = JSON.parse(await user.read("package.json"));
  assert.deepEqual(Object.keys(dependencies), ["@hubwright/hubwright"]);
  const modules = await Array.fromAsync(Deno.readDir(user.join("node_modules")));
  const visible = modules.map(({ name }) => name).filter((name) => !name.startsWith("."));
  assert.deepEqual(visible, ["@hubwright"]);
  await using deno = await denoWithoutCache();
  const entry = "node_modules/@hubwright/hubwright/hubwright.js";
  const generated = await deno.run(["run", "--no-lock", "-A", entry, "generate"], user.path);
  assert.equal(generated.code, 0, generated.err);
  assert.match(await user.read(".github/workflows/deploy-hubs.yaml"), /secrets\.DEPLOYER_KEY/);

  const copied = CONFIG.replace("@hubwright/hubwright", "./.hubwright/mod.js");
  const wrong = WRONG.reduce((text, [from, to]) => text.replace(from, to), copied);
  await user.write("copied.config.ts", copied);
  await user.write("wrong.config.ts", wrong);
  const configs = ["hubwright", "copied", "wrong"].map((name) => `${name}.config.ts`);
  const { code, err } = await deno.run(["check", "--no-lock", ...configs], user.path);
  assert.equal(code, 1);
  for (const [, , answer] of WRONG) assert.match(err, answer);
  assert.doesNotMatch(err, /(?:hubwright|copied)\.config\.ts:\d/);
});

Deno.test("an older Deno can read dist/hubwright.js and say what it needs: it has no newer syntax", async () => {
  const entry = await Deno.readTextFile(`${ROOT}/dist/hubwright.js`);
  assert.doesNotMatch(entry, /(?:^|[;{}()\s])using [\w$]+ ?=/);
});

Deno.test("dist/ is compiled once: Deno keeps what it compiled, however soon a command ends", async () => {
  await using deno = await denoWithoutCache();
  const entry = `${ROOT}/dist/hubwright.js`;
  const filter = () =>
    deno.run(["run", ...OFFLINE, "-A", "--log-level=debug", entry, "filter"], ROOT);
  const hit = /V8 code cache hit for ES module: .*\/dist\/hubwright\.js/;
  assert.doesNotMatch((await filter()).err, hit);
  // On a busy machine Deno may not have written its new cache before the process ends.
  const later = [];
  while (later.length < 5 && !hit.test(later.join(""))) later.push((await filter()).err);
  assert.match(later.join(""), hit);
});
