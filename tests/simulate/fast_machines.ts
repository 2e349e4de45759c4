import {
  type Machine,
  type Machines,
  type MachineSettings,
  realMachines,
  type ScriptResult,
} from "../../src/simulate/machine.ts";
import { hubwright } from "../cli/fake_io.ts";

type MakeMachines = (settings: MachineSettings) => Machines;
type Run = Machine["run"];

/** Takes Deno's place in a script: its words are written down. */
const DENO = `deno() { printf '%s\\0' "$@" > "$RUNNER_TEMP/words"; }\n`;

/**
 * One machine for many runs over the same commits: the repository is checked out once, hubwright
 * runs in this process, and a script that ran before with the same words, environment and fates is
 * not run again. What a script leaves in the workspace stays there for the runs after it.
 */
export function fastMachines(settings: MachineSettings): Machines {
  let one: Promise<Machine> | undefined;
  const checkouts = new Map<string, Promise<void>>();
  let last: Promise<unknown> = Promise.resolve();
  const memory = new Map<string, ScriptResult[]>();
  const runOnce = async (machine: Machine, ...[request, fates]: Parameters<Run>) => {
    const key = JSON.stringify(request);
    const known = memory.get(key) ?? [];
    memory.set(key, known);
    const same = known.find(({ calls }) =>
      calls.every(({ argv, fate }) => fates.of(argv) === fate)
    );
    if (same !== undefined) return same;
    const result = await runInProcess(machine, request, fates);
    known.push(result);
    return result;
  };
  return {
    async start(payload) {
      const machine = await (one ??= realMachines(settings).start(payload));
      return alike(machine, {
        async checkOut(what) {
          const checkout = checkouts.get(what.ref) ?? machine.checkOut(what);
          checkouts.set(what.ref, checkout);
          await checkout;
        },
        run(request, fates) {
          const result = last.then(() => runOnce(machine, request, fates));
          last = result.catch(() => {});
          return result;
        },
        [Symbol.asyncDispose]: () => Promise.resolve(),
      });
    },
  };
}

/** Machines on which lists in outputs are the other way round: so the last leg finishes first. */
export function reversing(make: MakeMachines): MakeMachines {
  return (settings) => {
    const machines = make(settings);
    return {
      async start(payload) {
        const machine = await machines.start(payload);
        return alike(machine, {
          async run(request, fates) {
            const { outputs, ...result } = await machine.run(request, fates);
            const reversed = outputs.replace(
              /(?<==|^)\[.*\]$/gm,
              (json) => JSON.stringify(JSON.parse(json).toReversed()),
            );
            return { ...result, outputs: reversed };
          },
        });
      },
    };
  };
}

/** A machine that differs from another in what it does. */
function alike(machine: Machine, differs: Partial<Machine>): Machine {
  return {
    workspace: machine.workspace,
    temp: machine.temp,
    denoFolder: machine.denoFolder,
    variables: machine.variables,
    checkOut: (what) => machine.checkOut(what),
    readText: (path) => machine.readText(path),
    run: (request, fates) => machine.run(request, fates),
    [Symbol.asyncDispose]: () => machine[Symbol.asyncDispose](),
    ...differs,
  };
}

/** Runs a script that calls hubwright and does nothing else in this process: that is much faster. */
async function runInProcess(
  machine: Machine,
  ...[request, fates]: Parameters<Run>
): Promise<ScriptResult> {
  if (!request.script.startsWith("deno ")) return await machine.run(request, fates);
  const recorded = await machine.run({ ...request, script: DENO + request.script }, fates);
  const words = (await Deno.readTextFile(`${machine.temp}/words`)).split("\0").slice(0, -1);
  const args = words.slice(words.findIndex((word) => /\.[jt]s$/.test(word)) + 1);
  const { env, cwd } = request;
  const { code, out, err } = await hubwright([...args, "--repo", cwd], { env });
  const read = (name: string) => Deno.readTextFile(env[name] ?? "");
  const outputs = await read("GITHUB_OUTPUT");
  return { ...recorded, code, log: out + err, outputs, summary: await read("GITHUB_STEP_SUMMARY") };
}
