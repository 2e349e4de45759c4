import { mustRun } from "./must_run.ts";

/** What is built, and the flags with which it needs nothing else. */
export const ENTRY: string = new URL("../dist/hubwright.js", import.meta.url).pathname;
export const FLAGS = ["--no-npm", "--no-remote", "--no-lock", "-A"];

/** What a process took and said. */
export interface Measured {
  /** From its start to its end, in seconds. */
  readonly seconds: number;
  /** The most memory that it held at a time, in MB; Linux alone tells it. */
  readonly peak: number | undefined;
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const PRELOAD = Deno.build.os === "linux"
  ? [`--preload=${new URL("write_peak.js", import.meta.url).pathname}`]
  : [];

/** Runs a program by Deno with all permissions, and measures the process. */
export async function measureProcess(args: readonly string[], cwd: string): Promise<Measured> {
  const file = await Deno.makeTempFile();
  try {
    const start = performance.now();
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", ...PRELOAD, ...args],
      cwd,
      env: { PEAK_FILE: file },
    }).output();
    const seconds = (performance.now() - start) / 1000;
    const kilobytes = Number(await Deno.readTextFile(file));
    const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    return {
      ...{ seconds, peak: kilobytes > 0 ? kilobytes / 1024 : undefined },
      ...{ code, stdout: out ?? "", stderr: err ?? "" },
    };
  } finally {
    await Deno.remove(file);
  }
}

/** A process that is measured beside others. */
export interface Process {
  readonly name: string;
  /** What `deno run` is given. */
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** The milliseconds that a process took, sorted, and what it printed. */
export interface Timed {
  readonly times: readonly number[];
  readonly median: number;
  readonly out: string;
}

/** Runs processes in turn, so that all of them meet the same machine. */
export async function measureInTurn(
  processes: readonly Process[],
  cwd: string,
  runs: number,
): Promise<readonly Timed[]> {
  const all = processes.map((process) => ({ ...process, times: [] as number[], out: "" }));
  for (let round = -3; round < runs; round++) {
    for (const one of all) {
      const start = performance.now();
      one.out = await mustRun(Deno.execPath(), ["run", ...one.args], {
        cwd,
        env: { GITHUB_ACTIONS: "", GITHUB_OUTPUT: "", GITHUB_STEP_SUMMARY: "", ...one.env },
      });
      // The first rounds fill Deno's caches.
      if (round >= 0) one.times.push(performance.now() - start);
    }
  }
  return all.map(({ times, out }) => {
    const sorted = times.toSorted((a, b) => a - b);
    return { times: sorted, median: sorted[Math.floor(runs / 2)] ?? NaN, out };
  });
}
