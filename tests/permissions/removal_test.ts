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

async function baselinesOf(call: Call, stack: AsyncDisposableStack): Promise<readonly Baseline[]> {
  const scenarios = (await makeScenarios(stack)).filter(({ command }) => command === call.command);
  return await Promise.all(scenarios.map(async (scenario) => {
    const outcome = await runCall(call, scenario);
    assert.equal(outcome.code, scenario.code, `${scenario.name}: ${outcome.err}`);
    return { scenario, outcome };
  }));
}

/** The variants with which every run ends as it does with the generated text. */
async function withoutEffect<Key>(
  call: Call,
  baselines: readonly Baseline[],
  variants: readonly (readonly [Key, Variant])[],
): Promise<Key[]> {
  const found: Key[] = [];
  const queue = [...variants];
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [key, variant] = next;
      if (!await changesAny(call, baselines, variant)) found.push(key);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return found;
}

async function changesAny(
  call: Call,
  baselines: readonly Baseline[],
  variant: Variant,
): Promise<boolean> {
  for (const { scenario, outcome } of baselines) {
    const changed = await runCall(call, scenario, variant);
    if (Deno.inspect(changed) !== Deno.inspect(outcome)) return true;
  }
  return false;
}

for (const call of CALLS) {
  const grants = grantsOf(call);
  const allowed = grants.filter(({ flag }) => flag.startsWith("--allow-"));

  Deno.test(`the step of "${call.command}" ends the same way where nothing is left out`, async () => {
    await using stack = new AsyncDisposableStack();
    const script = scriptWithout(call, { flag: "nothing" });
    assert.equal(script, (call.step.run ?? "").trim().replaceAll(/ \\\n +/g, " "));
    const baselines = await baselinesOf(call, stack);
    assert.deepEqual(await withoutEffect(call, baselines, [["same", { script }]]), ["same"]);
  });

  Deno.test(`the step of "${call.command}" needs each path, program, host and variable that it allows`, async () => {
    await using stack = new AsyncDisposableStack();
    const variants = allowed.map((grant) =>
      [grant, { script: scriptWithout(call, grant) }] as const
    );
    assert.deepEqual(await withoutEffect(call, await baselinesOf(call, stack), variants), []);
  });

  Deno.test(`the step of "${call.command}" goes by the value of each variable that it has`, async () => {
    await using stack = new AsyncDisposableStack();
    const names = new Set([
      ...Object.keys(call.step.env ?? {}),
      ...allowed.flatMap(({ flag, name = "" }) => flag === "--allow-env" ? [name] : []),
    ]);
    const variants = [...names].map((unset) => [unset, { unset }] as const);
    assert.deepEqual(await withoutEffect(call, await baselinesOf(call, stack), variants), []);
  });

  Deno.test(`the step of "${call.command}" needs what its job lets it do to pull requests`, async () => {
    const { "pull-requests": access, ...permissions } = call.job.permissions ?? {};
    if (access === undefined) return assert.equal(call.command, "filter");
    await using stack = new AsyncDisposableStack();
    const less = access === "write" ? { ...permissions, "pull-requests": "read" } : permissions;
    const baselines = await baselinesOf(call, stack);
    assert.deepEqual(await withoutEffect(call, baselines, [[access, { permissions: less }]]), []);
  });

  Deno.test(`the step of "${call.command}" needs --no-lock, or the lock file of other programs stops it`, async () => {
    await using stack = new AsyncDisposableStack();
    const scenario = (await makeScenarios(stack)).find(({ command }) => command === call.command);
    assert.ok(scenario !== undefined);
    await using checkout = await Sandbox.create({
      [ENTRY]: 'console.log("ran");',
      "deno.json": '{ "lock": { "frozen": true }, "imports": { "zod": "npm:zod@4" } }',
      "deno.lock": '{ "version": "5", "workspace": { "dependencies": ["npm:zod@1"] } }',
    });
    const around = { ...scenario, checkout };
    assert.equal((await runCall(call, around)).out, "ran\n");
    const script = scriptWithout(call, { flag: "--no-lock" });
    const { code, out, err } = await runCall(call, around, { script });
    assert.deepEqual([code, out], [1, ""]);
    assert.match(err, /The lockfile is out of date/);
  });

  Deno.test(`the step of "${call.command}" needs --no-npm, or a config runs what a registry has`, async () => {
    await using stack = new AsyncDisposableStack();
    const scenario = (await makeScenarios(stack)).find(({ command }) => command === call.command);
    assert.ok(scenario !== undefined);
    const checkout = await Sandbox.create({
      [ENTRY]: 'import("npm:zod@4/mini").catch((error) => console.log(error.message));',
    });
    stack.use(checkout);
    const around = { ...scenario, checkout };
    assert.match((await runCall(call, around)).out, /--no-npm is specified/);
    const script = scriptWithout(call, { flag: "--no-npm" });
    assert.doesNotMatch((await runCall(call, around, { script })).out, /--no-npm is specified/);
  });

  Deno.test(`the step of "${call.command}" needs --no-remote, or code comes from elsewhere`, async () => {
    await using stack = new AsyncDisposableStack();
    const scenario = (await makeScenarios(stack)).find(({ command }) => command === call.command);
    assert.ok(scenario !== undefined);
    await using checkout = await Sandbox.create({
      [ENTRY]: 'await import("https://deno.land/x.ts").catch(() => console.log("refused"));',
    });
    const asked: string[] = [];
    await using proxy = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      ({ url }) => {
        asked.push(url);
        return new Response(null, { status: 502 });
      },
    );
    const env = { HTTPS_PROXY: `http://127.0.0.1:${proxy.addr.port}` };
    const around = { ...scenario, checkout, env };
    assert.equal((await runCall(call, around)).out, "refused\n");
    assert.equal(asked.length, 0);
    await runCall(call, around, {
      script: scriptWithout({
        ...call,
        words: call.words.filter((word) => word !== "--cached-only"),
      }, {
        flag: "--no-remote",
      }),
    });
    assert.ok(asked.some((url) => url.includes("deno.land")), asked.join());
  });
}

Deno.test("the steps have no flag but permissions and those that keep them from other code", () => {
  for (const call of CALLS) {
    const flags = new Set(grantsOf(call).map(({ flag }) => flag));
    const others = [...flags].filter((flag) => !flag.startsWith("--allow-"));
    assert.deepEqual(
      others,
      ["--no-npm", "--no-lock", "--no-remote"],
      call.command,
    );
  }
});
