/**
 * Measures processes: how long they take and how much memory they need.
 *
 * @module
 */

/** What a process took. */
export interface Measured {
  /** From its start to its end, in seconds. */
  readonly seconds: number;
  /** The most memory that it held at a time, in MB; `undefined` where it cannot be told. */
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
  /** What it is, for the reader of the figures. */
  readonly name: string;
  /** Measures a process and drops its output. */
  readonly measure: (command: MeasuredCommand) => Promise<Measured>;
}

/**
 * Runs a command, and asks Linux how much memory it held so far until it ends. Deno itself may read
 * nothing of another process, whatever the permissions, short of all of them.
 */
const WATCH = `file=$1
shift
"$@" &
pid=$!
while status=$(< "/proc/$pid/status") && [[ $status =~ VmHWM:[[:space:]]+([0-9]+) ]]; do
  peak=\${BASH_REMATCH[1]}
  sleep 0.01
done 2> /dev/null
echo "\${peak:-}" > "$file"
wait "$pid"
`;

/**
 * Finds a way to measure memory here: GNU time, which asks the kernel once the process ended, else
 * a script that asks it again and again while the process runs.
 */
export async function findMemoryMeter(time = "/usr/bin/time"): Promise<MemoryMeter> {
  if (await isGnuTime(time)) {
    const measure = (command: MeasuredCommand) => withGnuTime(time, command);
    return { name: "maximum resident set size, by GNU time", measure };
  }
  if (Deno.build.os === "linux") {
    return { name: "VmHWM of /proc, every 10 ms", measure: withProc };
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

function withGnuTime(time: string, { args, cwd }: MeasuredCommand): Promise<Measured> {
  return withPeakIn(
    (file) =>
      run(time, ["--format=%M", `--output=${file}`, "--quiet", Deno.execPath(), ...args], cwd),
  );
}

function withProc({ args, cwd }: MeasuredCommand): Promise<Measured> {
  return withPeakIn((file) =>
    run("bash", ["-c", WATCH, "watch", file, Deno.execPath(), ...args], cwd)
  );
}

/** Runs what writes the most memory that was held, in kilobytes, to a file. */
async function withPeakIn(
  run: (file: string) => Promise<Omit<Measured, "peak">>,
): Promise<Measured> {
  const file = await Deno.makeTempFile();
  try {
    const measured = await run(file);
    const kilobytes = Number((await Deno.readTextFile(file)).trim());
    return { ...measured, peak: kilobytes > 0 ? kilobytes / 1024 : undefined };
  } finally {
    await Deno.remove(file);
  }
}

async function withoutMemory({ args, cwd }: MeasuredCommand): Promise<Measured> {
  return { ...await run(Deno.execPath(), args, cwd), peak: undefined };
}

async function run(
  command: string,
  args: readonly string[],
  cwd: string,
): Promise<Omit<Measured, "peak">> {
  const start = performance.now();
  const { code, stderr } = await new Deno.Command(command, {
    args: [...args],
    cwd,
    stdout: "null",
    stderr: "piped",
  }).output();
  return {
    seconds: (performance.now() - start) / 1000,
    code,
    stderr: new TextDecoder().decode(stderr),
  };
}
