/**
 * Measures processes: how long they take and how much memory they need.
 *
 * @module
 */

/** What a process took. */
export interface Measured {
  /** From its start to its end, in seconds. */
  readonly seconds: number;
  /** The most memory that it held at a time, in MB; `undefined` where nobody can tell. */
  readonly peak: number | undefined;
  /** Its exit code. */
  readonly code: number;
  /** What it wrote to the standard error. */
  readonly stderr: string;
}

/** A process to be measured. */
export interface MeasuredCommand {
  /** The arguments of Deno. */
  readonly args: readonly string[];
  /** The folder that it runs in. */
  readonly cwd: string;
}

/** A way to learn how much memory a process held. */
export interface MemoryMeter {
  /** What it is, for whoever reads the figures. */
  readonly name: string;
  /** Measures a process whose output nobody reads. */
  readonly measure: (command: MeasuredCommand) => Promise<Measured>;
}

/** How often Linux is asked how much memory a process held so far. */
const EVERY_MS = 5;

/**
 * Finds a way to measure memory here: GNU time, which the kernel tells when the process ends, else
 * Linux, asked again and again while it runs.
 *
 * @param time Where GNU time would be.
 * @returns The way.
 */
export async function findMemoryMeter(time = "/usr/bin/time"): Promise<MemoryMeter> {
  if (await isGnuTime(time)) {
    const measure = (command: MeasuredCommand) => withGnuTime(time, command);
    return { name: "maximum resident set size, by GNU time", measure };
  }
  if (Deno.build.os === "linux") {
    return { name: `VmHWM of /proc, every ${EVERY_MS} ms`, measure: withProc };
  }
  return { name: "not measured: neither GNU time nor Linux is here", measure: withoutMemory };
}

async function isGnuTime(time: string): Promise<boolean> {
  try {
    return (await new Deno.Command(time, { args: ["--version"] }).output()).success;
  } catch {
    return false;
  }
}

async function withGnuTime(time: string, { args, cwd }: MeasuredCommand): Promise<Measured> {
  const file = await Deno.makeTempFile();
  try {
    const of = ["--format=%M", `--output=${file}`, "--quiet", Deno.execPath(), ...args];
    const measured = await run(time, of, cwd).measured;
    const kilobytes = Number((await Deno.readTextFile(file)).trim());
    return { ...measured, peak: kilobytes / 1024 };
  } finally {
    await Deno.remove(file);
  }
}

async function withProc({ args, cwd }: MeasuredCommand): Promise<Measured> {
  const { pid, measured } = run(Deno.execPath(), args, cwd);
  let peak = 0;
  const timer = setInterval(async () => {
    // It may have ended in the meantime.
    const status = await Deno.readTextFile(`/proc/${pid}/status`).catch(() => "");
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? [];
    peak = Math.max(peak, Number(kilobytes ?? 0) / 1024);
  }, EVERY_MS);
  try {
    return { ...await measured, peak };
  } finally {
    clearInterval(timer);
  }
}

async function withoutMemory({ args, cwd }: MeasuredCommand): Promise<Measured> {
  return { ...await run(Deno.execPath(), args, cwd).measured, peak: undefined };
}

function run(command: string, args: readonly string[], cwd: string) {
  const start = performance.now();
  const child = new Deno.Command(command, {
    args: [...args],
    cwd,
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const measured = child.output().then(({ code, stderr }) => ({
    seconds: (performance.now() - start) / 1000,
    code,
    stderr: new TextDecoder().decode(stderr),
  }));
  return { pid: child.pid, measured };
}
