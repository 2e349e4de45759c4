/**
 * Whether each thing that a generated workflow allows hubwright is needed: it is left out, alone,
 * and a run of the step has to end differently. The steps are the generated ones, run by bash.
 */
import assert from "node:assert/strict";
import { Sandbox } from "../cli/sandbox.ts";
import { pullRequest } from "../workflows/world.ts";
import { type Call, CALLS, ENTRY, grantsOf, scriptWithout } from "./call.ts";
import { runCall, type Variant } from "./run.ts";
import { makeScenarios } from "./scenarios.ts";

/** How many steps run at a time. */
const AT_ONCE = 3;

/** The names of the variants with which every run ends as it does with the generated text. */
async function withoutEffect(
  call: Call,
  variants: Readonly<Record<string, Variant>>,
): Promise<string[]> {
  await using stack = new AsyncDisposableStack();
  const scenarios = await makeScenarios(stack, call.command);
  const baselines = await Promise.all(scenarios.map(async (scenario) => {
    const outcome = await runCall(call, scenario);
    assert.equal(outcome.code, scenario.code, `${scenario.name}: ${outcome.err}`);
    return { scenario, outcome: Deno.inspect(outcome) };
  }));
  const found: string[] = [];
  const queue = Object.entries(variants).values();
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (const [name, variant] of queue) {
      let same = true;
      for (const { scenario, outcome } of baselines) {
        same &&= Deno.inspect(await runCall(call, scenario, variant)) === outcome;
      }
      if (same) found.push(name);
    }
  }));
  return found;
}

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

/** The call with less in its script, and with one of its variables not set. */
function lessGiven(call: Call): Record<string, Variant> {
  const script = (call.step.run ?? "").replaceAll("\\\n", "");
  const allowed = grantsOf(call).filter(({ flag }) => flag.startsWith("--allow-"));
  const variables = allowed.filter(({ flag }) => flag === "--allow-env");
  const names = [...Object.keys(call.step.env ?? {}), ...variables.map(({ name = "" }) => name)];
  // What ends differently without a variable's value reads it, unless the shell does.
  const granted = allowed.filter(({ flag, name }) =>
    flag !== "--allow-env" || script.includes(`$${name}`)
  );
  return Object.fromEntries([
    ...granted.map((grant) => [Deno.inspect(grant), { script: scriptWithout(call, grant) }]),
    ...names.map((unset) => [`the value of ${unset}`, { unset }]),
  ]);
}

for (const call of CALLS) {
  Deno.test(`the step of "${call.command}" needs each path, program, host, variable and permission that it has`, async () => {
    const script = scriptWithout(call, { flag: "nothing" });
    assert.equal(script, (call.step.run ?? "").trim().replaceAll(/ \\\n +/g, " "));
    const less = lessAllowed(call);
    assert.ok(Object.keys(less).length > 0 || call.command === "task");
    // What is needed without a ledger is shown there.
    const plain = call.command.replace(" with a ledger", "");
    const shown = CALLS.filter(({ command }) => command === plain && command !== call.command)
      .flatMap((other) => Object.keys(lessGiven(other)));
    const given = Object.entries(lessGiven(call)).filter(([name]) => !shown.includes(name));
    const variants = { nothing: { script }, ...Object.fromEntries(given), ...less };
    assert.deepEqual(await withoutEffect(call, variants), ["nothing"]);
  });
}

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
    const [call] = CALLS;
    assert.ok(call !== undefined);
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
    assert.match(await run({ script: scriptWithout(call, { flag: flagOf(what) }) }), dropped);
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
