import type {
  Call,
  Checkout,
  Fates,
  Machine,
  Machines,
  ScriptRequest,
  ScriptResult,
} from "./machine.ts";

/**
 * Machines that are one and the same, for many runs over the same commits: the repository is checked
 * out once, and a script that ran before with the same words, environment and fate of what it called
 * is not run again. What a script leaves in the workspace stays there for the runs after it.
 */
export function sharedMachines(machines: Machines): Machines & AsyncDisposable {
  let one: Promise<Machine> | undefined;
  const checkouts = new Set<string>();
  const texts = new Map<string, Promise<string | undefined>>();
  const memory = new Map<string, ScriptResult[]>();
  const checkOut = async (machine: Machine, what: Checkout) => {
    if (checkouts.has(what.ref)) return;
    checkouts.add(what.ref);
    await machine.checkOut(what);
  };
  const run = async (machine: Machine, request: ScriptRequest, fates: Fates) => {
    const key = JSON.stringify(request);
    const known = memory.get(key)?.find(({ calls }) =>
      calls.every((call) => sameFate(call, fates))
    );
    if (known !== undefined) return known;
    const result = await machine.run(request, fates);
    memory.set(key, [...memory.get(key) ?? [], result]);
    return result;
  };
  return {
    start: async (payload) => {
      const machine = await (one ??= machines.start(payload));
      return {
        workspace: machine.workspace,
        temp: machine.temp,
        denoFolder: machine.denoFolder,
        variables: machine.variables,
        checkOut: (what) => checkOut(machine, what),
        readText: (path) => {
          const text = texts.get(path) ?? machine.readText(path);
          texts.set(path, text);
          return text;
        },
        run: (request, fates) => run(machine, request, fates),
        [Symbol.asyncDispose]: () => Promise.resolve(),
      };
    },
    [Symbol.asyncDispose]: async () => {
      await (await one)?.[Symbol.asyncDispose]();
    },
  };
}

function sameFate({ argv, fate }: Call, fates: Fates): boolean {
  return fates.of(argv) === fate;
}
