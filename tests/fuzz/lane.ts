import fc from "fast-check";
import { type FuzzReport, write } from "./run_target.ts";
import type { Target } from "./target.ts";
import type { Message, Work } from "./worker.ts";

export interface LaneOptions {
  readonly module?: URL;
  /** How long it may give no sign of life; a case that only waits is given up by the worker. */
  readonly silenceMs?: (begun: number) => number;
}

/** Runs targets one after the other in a worker, and in a new one where a target failed. */
export class Lane implements Disposable {
  readonly #module: URL;
  readonly #silenceMs: (begun: number) => number;
  #worker: Worker | undefined;

  constructor({ module, silenceMs = () => 120_000 }: LaneOptions = {}) {
    this.#module = module ?? new URL("./worker.ts", import.meta.url);
    this.#silenceMs = silenceMs;
  }

  /**
   * Runs the cases of a target. Where the worker breaks down, or gives no sign of life, it is
   * stopped, and its case reported.
   */
  async run(target: Target, { seed, cases, path }: Omit<Work, "target">): Promise<FuzzReport> {
    const { promise, resolve, reject } = Promise.withResolvers<FuzzReport>();
    const worker = this.#worker ?? new Worker(this.#module, { type: "module" });
    const begin = () => worker.postMessage({ target: target.name, seed, cases, path });
    let begun = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wait = () => {
      clearTimeout(timer);
      const stop = () => reject(new Error("no sign of life: an endless loop"));
      timer = setTimeout(stop, this.#silenceMs(begun));
    };
    worker.onmessage = ({ data }: MessageEvent<Message>) => {
      // What is said to a worker before it listens is lost.
      if (data === "ready") begin();
      else if (typeof data === "number") begun = data + 1;
      else resolve(data);
      wait();
    };
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(`the worker broke down: ${event.message}`));
    };
    wait();
    if (this.#worker !== undefined) begin();
    this.#worker = worker;
    try {
      const report = await promise;
      if (report.failure !== undefined) this[Symbol.dispose]();
      return report;
    } catch (error) {
      this[Symbol.dispose]();
      // Cases follow from the seed, so that the one that a worker died of can be made again.
      const lost = path === undefined && begun > 0
        ? fc.sample(target.cases, { seed, numRuns: begun }).at(-1)
        : "";
      return {
        ...{ target: target.name, cases: begun, ended: { accepted: 0, refused: 0 } },
        failure: {
          path: path ?? String(begun - 1),
          counterexample: write(lost),
          error: String(error),
        },
      };
    } finally {
      clearTimeout(timer);
    }
  }

  [Symbol.dispose](): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }
}
