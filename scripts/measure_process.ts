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
