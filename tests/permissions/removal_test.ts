/**
 * Whether each thing that a generated workflow allows hubwright is needed: it is left out, alone,
 * and a run of the step has to end differently. The steps are the generated ones, run by bash.
 */
import assert from "node:assert/strict";
import { Sandbox } from "../cli/sandbox.ts";
import { type Call, CALLS, ENTRY, grantsOf, scriptWithout } from "./call.ts";
import { type Outcome, runCall, type Variant } from "./run.ts";
import { makeScenarios, type Scenario } from "./scenarios.ts";

/** A run, and how it ends with the generated text. */
interface Baseline {
  readonly scenario: Scenario;
  readonly outcome: Outcome;
}

/** How many steps run at a time. */
const AT_ONCE = 3;

/** The end of a run with the generated text, which is as expected. */
async function baselinesOf(
  call: Call,
  scenarios: readonly Scenario[],
): Promise<readonly Baseline[]> {
  return await Promise.all(scenarios.map(async (scenario) => {
    const outcome = await runCall(call, scenario);
    assert.equal(outcome.code, scenario.code, `${scenario.name}: ${outcome.err}`);
    return { scenario, outcome };
  }));
}

/** The names of the variants with which every run ends as it does with the generated text. */
async function withoutEffect(
  call: Call,
  baselines: readonly Baseline[],
  variants: Readonly<Record<string, Variant>>,
): Promise<string[]> {
  const found: string[] = [];
  const queue = Object.entries(variants).values();
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (const [name, variant] of queue) {
      let same = true;
      for (const { scenario, outcome } of baselines) {
        same &&= Deno.inspect(await runCall(call, scenario, variant)) === Deno.inspect(outcome);
      }
      if (same) found.push(name);
    }
  }));
  return found;
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

const flagOf = (what: string) => /--[a-z-]+/.exec(what)?.[0] ?? "";

for (const call of CALLS) {
  const allowed = grantsOf(call).filter(({ flag }) => flag.startsWith("--allow-"));
  const step = `the step of "${call.command}"`;

  Deno.test(`${step} needs each path, program, host and variable that it allows`, async (t) => {
    await using stack = new AsyncDisposableStack();
    const baselines = await baselinesOf(call, await makeScenarios(stack, call.command));
    await t.step("and ends the same way where nothing is left out", async () => {
      const script = scriptWithout(call, { flag: "nothing" });
      assert.equal(script, (call.step.run ?? "").trim().replaceAll(/ \\\n +/g, " "));
      assert.deepEqual(await withoutEffect(call, baselines, { same: { script } }), ["same"]);
    });
    await t.step("which is tried without each of them", async () => {
      const variants = allowed.map((grant) =>
        [Deno.inspect(grant), { script: scriptWithout(call, grant) }] as const
      );
      assert.deepEqual(await withoutEffect(call, baselines, Object.fromEntries(variants)), []);
    });
    await t.step("and goes by the value of each variable that it has", async () => {
      const names = [
        ...Object.keys(call.step.env ?? {}),
        ...allowed.flatMap(({ flag, name = "" }) => flag === "--allow-env" ? [name] : []),
      ];
      const variants = Object.fromEntries(names.map((unset) => [unset, { unset }]));
      assert.deepEqual(await withoutEffect(call, baselines, variants), []);
    });
    await t.step("and what its job lets it do to pull requests and runs", async () => {
      // Other steps of a job need the rest.
      const { contents: _, ...all } = call.job.permissions ?? {};
      const { actions, ...own } = all;
      const variants = Object.keys(call.command === "filter" ? { actions } : own).map((name) => {
        const { [name]: access, ...permissions } = all;
        return [name, {
          permissions: access === "write" ? { ...permissions, [name]: "read" } : permissions,
        }] as const;
      });
      assert.ok(variants.length > 0);
      assert.deepEqual(await withoutEffect(call, baselines, Object.fromEntries(variants)), []);
    });
  });

  Deno.test(`${step} needs each of its other flags`, async (t) => {
    await using stack = new AsyncDisposableStack();
    const [scenario] = await makeScenarios(stack, call.command);
    assert.ok(scenario !== undefined);
    const others = grantsOf(call).map(({ flag }) => flag).filter((flag) =>
      !flag.startsWith("--allow-")
    );
    assert.deepEqual(others.sort(), Object.keys(FLAGS).map(flagOf).sort());
    for (const [what, [files, kept, dropped]] of Object.entries(FLAGS)) {
      await t.step(what, async () => {
        await using checkout = await Sandbox.create(files);
        const flag = flagOf(what);
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
          const { out, err } = await runCall(call, { ...scenario, checkout, env }, variant);
          return `${out}${err}${asked}`;
        };
        assert.match(await run({}), kept);
        assert.match(await run({ script: scriptWithout(call, { flag }) }), dropped);
      });
    }
  });
}
