import fc from "fast-check";
import { type FuzzReport, write } from "./run_target.ts";
import type { Target } from "./target.ts";
import type { Chunk, Message } from "./worker.ts";

/** How long a worker may give no sign of life; a case that waits is given up much earlier. */
const SILENCE_MS = 30_000;

/** How chunks are run. */
export interface PoolOptions {
  /** The targets that chunks name. */
  readonly targets: readonly Target[];
  /** How many workers there are. */
  readonly workers: number;
  /** The worker's module; that of all targets. */
  readonly module?: URL;
  /** How long a worker may give no sign of life, in milliseconds. */
  readonly silenceMs?: number;
  /** Hears of each case. */
  readonly onCase: () => void;
}

/**
 * Runs chunks of cases in workers. A worker that gives no sign of life is stopped, and its case
 * reported.
 */
export async function runChunks(
  chunks: readonly Chunk[],
  options: PoolOptions,
): Promise<readonly FuzzReport[]> {
  const reports: FuzzReport[] = [];
  let next = 0;
  const lane = async () => {
    let worker = await start(options);
    try {
      for (let index = next++; index < chunks.length; index = next++) {
        const chunk = chunks[index];
        if (chunk === undefined) break;
        const report = await runChunk(worker, chunk, options);
        reports[index] = report;
        if (report.failure === undefined) continue;
        // What a failure leaves behind must not fail others.
        worker.terminate();
        worker = await start(options);
      }
    } finally {
      worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: options.workers }, lane));
  return reports;
}

/** Starts a worker; what is said to one before it listens is lost. */
function start(
  { module = new URL("./worker.ts", import.meta.url) }: PoolOptions,
): Promise<Worker> {
  const worker = new Worker(module, { type: "module" });
  const { promise, resolve, reject } = Promise.withResolvers<Worker>();
  worker.onmessage = () => resolve(worker);
  worker.onerror = (event) => {
    event.preventDefault();
    reject(new Error(`the worker does not start: ${event.message}`));
  };
  return promise;
}

function runChunk(
  worker: Worker,
  chunk: Chunk,
  { targets, silenceMs = SILENCE_MS, onCase }: PoolOptions,
): Promise<FuzzReport> {
  const { promise, resolve } = Promise.withResolvers<FuzzReport>();
  let number = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = (report: FuzzReport) => {
    clearTimeout(timer);
    worker.onmessage = worker.onerror = null;
    resolve(report);
  };
  const fail = (error: string) => {
    const report = { target: chunk.target, seed: chunk.seed, cases: number + 1, slowestMs: 0 };
    const failure = { path: String(number), counterexample: caseOf(chunk, number, targets), error };
    end({ ...report, ended: { accepted: 0, refused: 0 }, failure });
  };
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      worker.terminate();
      fail(`no sign of life for ${silenceMs} ms: it is in an endless loop`);
    }, silenceMs);
  };
  worker.onmessage = ({ data }: MessageEvent<Message>) => {
    wait();
    if (data.kind === "report") end(data.report);
    else if (data.kind === "broken") fail(data.error);
    else if (data.kind === "case") {
      number = data.number;
      onCase();
    }
  };
  worker.onerror = (event) => {
    event.preventDefault();
    fail(`the worker broke down: ${event.message}`);
  };
  wait();
  worker.postMessage(chunk);
  return promise;
}

/** The case of a chunk that its worker cannot show any more; cases follow from the seed. */
function caseOf({ target, seed, path }: Chunk, number: number, targets: readonly Target[]): string {
  const cases = targets.find(({ name }) => name === target)?.cases;
  if (cases === undefined || path !== undefined) return "";
  return write(fc.sample(cases, { seed, numRuns: number + 1 }).at(-1));
}
