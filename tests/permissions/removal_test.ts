/**
 * Whether each thing that a generated workflow allows hubwright is needed: it is left out, alone,
 * and a run of the step has to end differently. The steps are the generated ones, run by bash, with
 * what is built and a cache that is empty at first; where a value is left out, or a permission of the
 * job, hubwright is called in this process.
 */
import assert from "node:assert/strict";
import { inParallel } from "../../src/in_parallel.ts";
import { Sandbox } from "../cli/sandbox.ts";
import { pullRequest } from "../workflows/world.ts";
import { type Call, CALLS, ENTRY, type Grant, grantsOf, scriptWithout } from "./call.ts";
import { inShell, inThisProcess, runCall, type Variant } from "./run.ts";
import { makeScenarios } from "./scenarios.ts";

/** How many steps run at a time. */
const AT_ONCE = 3;

/** What hubwright says where Deno keeps it from something. */
const DENIED = /Requires (?:read|write|run) access to|Deno denies access to HOST/;

/** What a job may do, with less of what its call to hubwright needs; other steps need the rest. */
function lessAllowed({ command, job }: Call): Record<string, Variant> {
  const { contents: _, ...all } = job.permissions ?? {};
  const names = ["filter", "plan with a ledger", "guard", "report"].includes(command)
    ? Object.keys(all)
    : Object.keys(all).filter((n) => n !== "actions");
  return Object.fromEntries(names.map((name) => {
    const { [name]: access, ...permissions } = all;
    return [name, {
      permissions: { ...permissions, ...(access === "write" && { [name]: "read" }) },
    }];
  }));
}

/** What a call may do that shows only in a process of its own. */
function grantedTo(call: Call): readonly Grant[] {
  return grantsOf(call).filter(({ flag }) => /^--allow-(?!env)/.test(flag));
}

/** The variables that are set for a call, or that it may read. */
function variablesOf(call: Call): readonly string[] {
  const read = grantsOf(call).filter(({ flag }) => flag === "--allow-env");
  return [...new Set([...Object.keys(call.step.env ?? {}), ...read.map(({ name = "" }) => name)])];
}

async function checkNeeds(call: Call, cache: Sandbox): Promise<void> {
  // What is needed without a ledger is shown there.
  const plain = CALLS.find(({ command }) => `${command} with a ledger` === call.command);
  const only = <Item>(of: (call: Call) => readonly Item[]) => {
    const shown = new Set(
      (plain === undefined ? [] : of(plain)).map((item) => Deno.inspect(item)),
    );
    return of(call).filter((item) => !shown.has(Deno.inspect(item)));
  };
  await using stack = new AsyncDisposableStack();
  const scenarios = await makeScenarios(stack, call.command);

  const script = call.step.run ?? "";
  const nothing = { flag: "nothing" };
  assert.equal(scriptWithout(call, nothing), script.trim().replaceAll(/ \\\n +/g, " "));
  await inParallel([nothing, ...only(grantedTo)], AT_ONCE, async (grant) => {
    const text = scriptWithout(call, grant).replace("deno run", "deno run --cached-only");
    let denied = false;
    for (const scenario of scenarios) {
      if (denied) break;
      const around = { ...scenario, env: { DENO_DIR: cache.path } };
      const { code, err } = await runCall(call, around, { start: inShell(text) });
      denied = DENIED.test(err);
      if (grant === nothing) assert.equal(code, scenario.code, `${scenario.name}: ${err}`);
    }
    assert.equal(denied, grant !== nothing, `without ${Deno.inspect(grant)}`);
  });

  const less = lessAllowed(call);
  assert.ok(Object.keys(less).length > 0 || call.command === "task");
  const end = async (scenario: typeof scenarios[number], variant: Variant = {}) =>
    Deno.inspect(await runCall(call, scenario, { start: inThisProcess(call), ...variant }));
  const usual = await Promise.all(scenarios.map((scenario) => end(scenario)));
  const unset = only(variablesOf).map((name) => [name, { unset: name }] as const);
  const without = [["nothing", {}] as const, ...unset, ...Object.entries(less)];
  await inParallel(without, AT_ONCE, async ([name, variant]) => {
    let same = true;
    for (const [index, scenario] of scenarios.entries()) {
      same &&= await end(scenario, variant) === usual[index];
    }
    assert.equal(same, name === "nothing", `without ${name}`);
  });
}

Deno.test("the steps run offline, and need each path, program, host, variable and permission that they have", async (t) => {
  await using cache = await Sandbox.create();
  for (const call of CALLS) await t.step(call.command, () => checkNeeds(call, cache));
});

/** What a flag is for: a program in hubwright's place, what it says with the flag and without. */
const FLAGS: Readonly<Record<string, readonly [files: Record<string, string>, RegExp, RegExp]>> = {
  "needs --no-lock, or the lock file of other programs stops it": [
    {
      [ENTRY]: 'console.log("ran");',
      "deno.json": '{ "lock": { "frozen": true }, "imports": { "zod": "npm:zod@4" } }',
      "deno.lock": '{ "version": "5", "workspace": { "dependencies": ["npm:zod@1"] } }',
    },
    /^ran$/m,
    /The lockfile is out of date/,
  ],
  "needs --no-npm, or a config runs what a registry has": [
    { [ENTRY]: 'import("npm:zod@4/mini").catch((error) => console.log("tried", error.message));' },
    /^tried .*--no-npm is specified/m,
    /^(?!.*--no-npm is specified)/s,
  ],
  "needs --no-remote, or code comes from elsewhere": [
    { [ENTRY]: 'import("https://deno.land/x.ts").catch(() => console.log("tried"));' },
    /^tried\n$/,
    /asked for \S*deno\.land/,
  ],
};

for (const [what, [files, kept, dropped]] of Object.entries(FLAGS)) {
  Deno.test(`the step of "plan" ${what}`, async () => {
    const [call = assert.fail()] = CALLS;
    await using checkout = await Sandbox.create(files);
    const run = async (variant: Variant) => {
      let asked = "";
      await using proxy = Deno.serve(
        { hostname: "127.0.0.1", port: 0, onListen: () => {} },
        ({ url }) => {
          asked += `asked for ${url}\n`;
          return new Response(null, { status: 502 });
        },
      );
      const env = { HTTPS_PROXY: `http://127.0.0.1:${proxy.addr.port}` };
      const contexts = { github: pullRequest() };
      const { out, err } = await runCall(call, { checkout, contexts, env }, variant);
      return `${out}${err}${asked}`;
    };
    assert.match(await run({}), kept);
    assert.match(
      await run({ start: inShell(scriptWithout(call, { flag: flagOf(what) })) }),
      dropped,
    );
  });
}

Deno.test("the steps have no flag but permissions and those that keep them from other code", () => {
  for (const call of CALLS) {
    const flags = grantsOf(call).map(({ flag }) => flag).filter((flag) => !/^--allow-/.test(flag));
    assert.deepEqual(flags.sort(), Object.keys(FLAGS).map(flagOf).sort(), call.command);
  }
});

function flagOf(what: string): string {
  return /--[a-z-]+/.exec(what)?.[0] ?? "";
}
