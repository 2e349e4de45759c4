/** What is built, in a user's repository: no cache, no network, no lock file. */
import assert from "node:assert/strict";
import { copyExample, ROOT, Sandbox } from "../cli/sandbox.ts";
import { CALLS } from "../permissions/call.ts";
import { runCall } from "../permissions/run.ts";
import { makeScenarios } from "../permissions/scenarios.ts";

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
  const repository = await copyExample();
  await repository.write("hubwright.config.ts", CONFIG);
  const action = await repository.read(".github/actions/setup-deploy/action.yaml");
  await repository.write(
    ".github/actions/setup-deploy/action.yaml",
    action.replace("inputs:\n", "inputs:\n  key:\n    description: A key\n"),
  );
  await repository.git("init", "--quiet", "--initial-branch=main");
  await repository.write(".git/info/exclude", ".hubwright\n");
  return repository;
}

async function deno(
  args: readonly string[],
  cwd: string,
  cache?: string,
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  await using empty = await Sandbox.create();
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd,
    env: { DENO_DIR: cache ?? empty.path, GITHUB_ACTIONS: "", NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  return { code, out: decoder.decode(stdout), err: decoder.decode(stderr) };
}

Deno.test("dist/ runs every command for people with a config that makes secrets", async () => {
  await using repository = await repositoryWithSecrets();
  const hubwright = (...args: readonly string[]) =>
    deno(["run", ...OFFLINE, "-A", ".hubwright/hubwright.js", ...args], repository.path);
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
    ["generate --check", /\d+ generated files are up to date/],
    ["validate", / no errors, /],
    ["plan --base HEAD^", /kelp/],
    ["explain fjord/kelp --base HEAD^", /kelp/],
    ["pins", /actions\/checkout/],
    ["replay", /Change a hub/],
    ["simulate --base HEAD^", /kelp/],
    ["completions bash", /complete .*hubwright/],
  ];
  for (const [args, says] of calls) {
    const { code, out, err } = await hubwright(...args.split(" "));
    assert.deepEqual({ args, code, err }, { args, code: 0, err: "" });
    assert.match(out, says, args);
  }
});

for (const call of CALLS) {
  Deno.test(`dist/ runs the step of "${call.command}" with an empty cache as with a full one`, async () => {
    await using stack = new AsyncDisposableStack();
    await using cache = await Sandbox.create();
    const script = (call.step.run ?? "").replace("deno run", "deno run --cached-only");
    for (const scenario of await makeScenarios(stack, call.command)) {
      const full = await runCall(call, scenario);
      assert.equal(full.code, scenario.code, full.err);
      const env = { ...scenario.env, DENO_DIR: cache.path };
      assert.deepEqual(await runCall(call, { ...scenario, env }, { script }), full, scenario.name);
    }
  });
}

Deno.test("dist/mod.d.ts types a config without a network", async () => {
  await using repository = await repositoryWithSecrets();
  const check = () => deno(["check", "hubwright.config.ts"], repository.path);
  assert.equal((await check()).code, 0, (await check()).err);
  for (
    const [wrong, message] of [
      [CONFIG.replace("setup:", "setups:"), /'setups' does not exist|setups/],
      [CONFIG.replace("{ provider }", "{ providr }"), /providr/],
      [CONFIG.replace("template }", "template, context }"), /context/],
    ] as const
  ) {
    await repository.write("hubwright.config.ts", wrong);
    const { code, err } = await check();
    assert.equal(code, 1);
    assert.match(err, message);
  }
});

Deno.test("deno task pack makes an npm package that runs where nothing else is installed", async () => {
  await using folder = await Sandbox.create();
  const root = new URL("../..", import.meta.url).pathname;
  const packed = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "pack", folder.path],
    cwd: root,
  }).output();
  const tarball = new TextDecoder().decode(packed.stdout).trim();
  assert.equal(packed.code, 0, new TextDecoder().decode(packed.stderr));
  await using user = await repositoryWithSecrets();
  await Deno.remove(user.join(".hubwright"));
  await Deno.remove(user.join("deno.json"));
  const npm = await new Deno.Command("npm", {
    args: ["install", "--offline", "--silent", "--no-audit", "--no-fund", folder.join(tarball)],
    cwd: user.path,
  }).output();
  assert.equal(npm.code, 0, new TextDecoder().decode(npm.stderr));
  const { dependencies } = JSON.parse(await user.read("package.json"));
  assert.deepEqual(Object.keys(dependencies), ["@hubwright/hubwright"]);
  assert.deepEqual(
    (await Array.fromAsync(Deno.readDir(user.join("node_modules")))).map(({ name }) => name)
      .filter((name) => !name.startsWith(".")),
    ["@hubwright"],
  );
  const entry = "node_modules/@hubwright/hubwright/hubwright.js";
  const generated = await deno(["run", "--no-lock", "-A", entry, "generate"], user.path);
  assert.equal(generated.code, 0, generated.err);
  assert.match(await user.read(".github/workflows/deploy-hubs.yaml"), /secrets\.DEPLOYER_KEY/);
  const typed = await deno(["check", "--no-lock", "hubwright.config.ts"], user.path);
  assert.equal(typed.code, 0, typed.err);
});

Deno.test("an older Deno can read dist/hubwright.js and say what it needs: it has no newer syntax", async () => {
  const entry = await Deno.readTextFile(`${ROOT}/dist/hubwright.js`);
  assert.doesNotMatch(entry, /(?:^|[;{}()\s])using [\w$]+ ?=/);
});

Deno.test("dist/ is compiled once: Deno keeps what it compiled, however soon a command ends", async () => {
  await using cache = await Sandbox.create();
  const filter = [
    "run",
    ...OFFLINE,
    "-A",
    "--log-level=debug",
    `${ROOT}/dist/hubwright.js`,
    "filter",
  ];
  const hit = /V8 code cache hit for ES module: .*\/dist\/hubwright\.js/;
  assert.doesNotMatch((await deno(filter, cache.path, cache.path)).err, hit);
  // On a busy machine Deno may not have written its new cache before the process ends.
  const later = [];
  while (later.length < 5 && !hit.test(later.join(""))) {
    later.push((await deno(filter, cache.path, cache.path)).err);
  }
  assert.match(later.join(""), hit);
});
