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
type Request = Parameters<Run>[0];

/** What scripts did, and which words they gave hubwright, by all that decides it. */
const KNOWN = new Map<string, string[]>();

/** The paths of a machine that a script may be given, and still do the same on another. */
const PLACES = [
  ...["GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_PATH", "GITHUB_STEP_SUMMARY"],
  ...["GITHUB_WORKSPACE", "RUNNER_TOOL_CACHE"],
];

/**
 * One machine for many runs over the same commits: the repository is checked out once and whole,
 * hubwright runs in this process, and once for the same question. A script that ran before, on this machine
 * or another, with the same variables and fates is not run again; so it must not look at the files
 * of the repository.
 */
export function fastMachines(settings: MachineSettings): Machines {
  const answers = new Map<string, Promise<ScriptResult>>();
  return oneMachine(settings, (machine, request) => {
    const key = JSON.stringify(request);
    const answer = answers.get(key) ?? runHubwright(machine, request);
    answers.set(key, answer);
    return answer;
  });
}

/** The same where the answers of GitHub's API change from run to run: hubwright runs each time. */
export function fastMachinesOfLedger(settings: MachineSettings): Machines {
  return oneMachine(settings, runHubwright);
}

function oneMachine(
  settings: MachineSettings,
  answer: (machine: Machine, request: Request) => Promise<ScriptResult>,
): Machines {
  let one: Promise<Machine> | undefined;
  const checkouts = new Map<string, Promise<void>>();
  const texts = new Map<string, Promise<string | undefined>>();
  const { programs } = settings.commands;
  let last: Promise<unknown> = Promise.resolve();
  return {
    async start(payload) {
      const machine = await (one ??= realMachines(settings).start(payload));
      return {
        ...machine,
        checkOut: ({ ref }) =>
          checkouts.getOrInsertComputed(ref, () => machine.checkOut({ ref, depth: 0 })),
        // What a leg writes is not in the workspace.
        readText: (path) =>
          path.startsWith(machine.workspace)
            ? texts.getOrInsertComputed(path, () => machine.readText(path))
            : machine.readText(path),
        run(request, fates) {
          const result = last.then(() =>
            // A script that calls hubwright does nothing else.
            request.script.startsWith("deno ")
              ? answer(machine, request)
              : once(machine, PLACES, { ...decisive(request), programs }, {
                is: ({ calls }) => calls.every(({ argv, fate }) => fates.of(argv) === fate),
                make: () => machine.run(request, fates),
              })
          );
          last = result.catch(() => {});
          return result;
        },
        [Symbol.asyncDispose]: () => Promise.resolve(),
      };
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
        return {
          ...machine,
          async run(request, fates) {
            const { outputs, ...result } = await machine.run(request, fates);
            const reversed = outputs.replace(
              /(?<==|^)\[.*\]$/gm,
              (json) => JSON.stringify(JSON.parse(json).toReversed()),
            );
            return { ...result, outputs: reversed };
          },
        };
      },
    };
  };
}

/** What decides what a script does: of the variables, those that it names. */
function decisive({ env, script, ...rest }: Request, name = /\w+/g): Request {
  const names = new Set(script.match(name));
  const named = Object.entries(env).filter(([name]) => names.has(name));
  return { ...rest, script, env: Object.fromEntries(named) };
}

/** Makes what was not made before by the same key, whichever machine that was on. */
async function once<Result>(
  { variables }: Machine,
  places: readonly string[],
  key: unknown,
  { is, make }: { is: (result: Result) => boolean; make: () => Promise<Result> },
): Promise<Result> {
  const paths = places.map((name) => [variables[name] ?? "", `\0${name}\0`] as const);
  const hide = (value: unknown) =>
    paths.reduce((text, [path, mark]) => text.replaceAll(path, mark), JSON.stringify(value));
  const show = (text: string): Result =>
    JSON.parse(paths.reduce((text, [path, mark]) => text.replaceAll(mark, path), text));
  const results = KNOWN.getOrInsertComputed(hide(key), () => []);
  const known = results.map(show).find(is);
  if (known !== undefined) return known;
  const made = await make();
  results.push(hide(made));
  return made;
}

/** Takes Deno's place in a script: its words are written down. */
const DENO = `deno() { printf '%s\\0' "$@" > "$RUNNER_TEMP/words"; }\n`;

/** Runs a script that calls hubwright in this process: that is much faster. */
async function runHubwright(machine: Machine, request: Request): Promise<ScriptResult> {
  const script = DENO + request.script;
  const key = decisive({ ...request, script }, /(?<=\$\{?)\w+/g);
  const words = await once(machine, [...PLACES, "RUNNER_TEMP"], key, {
    is: () => true,
    make: async () => {
      await machine.run({ ...request, script }, { calls: [], of: () => undefined });
      return (await Deno.readTextFile(`${machine.temp}/words`)).split("\0").slice(0, -1);
    },
  });
  const args = words.slice(words.findIndex((word) => /\.[jt]s$/.test(word)) + 1);
  const { env, cwd } = request;
  const { GITHUB_OUTPUT: outputs = "", GITHUB_STEP_SUMMARY: summary = "" } = env;
  await Promise.all([outputs, summary].map((file) => Deno.writeTextFile(file, "")));
  const { code, out, err } = await hubwright([...args, "--repo", cwd], { env });
  return {
    ...{ code, log: out + err, env: "", path: "", calls: [] },
    outputs: await Deno.readTextFile(outputs),
    summary: await Deno.readTextFile(summary),
  };
}
