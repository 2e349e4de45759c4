import fc from "fast-check";
import { type FuzzReport, write } from "./run_target.ts";
import type { Target } from "./target.ts";
import type { Message, Work } from "./worker.ts";

/** How a lane is watched. */
export interface LaneOptions {
  /** The worker's module; that of all targets where absent. */
  readonly module?: URL;
  /** How long it may give no sign of life; a case that only waits is given up by the worker. */
  readonly silenceMs?: number;
  /** Hears of each case. */
  readonly onCase?: () => void;
}

/** Runs targets one after the other in a worker, and in a new one where a target failed. */
export class Lane implements Disposable {
  readonly #options: LaneOptions;
  #worker: Worker | undefined;

  constructor(options: LaneOptions = {}) {
    this.#options = options;
  }

  /**
   * Runs the cases of a target. Where the worker breaks down, or gives no sign of life, it is
   * stopped, and its case reported.
   */
  async run(target: Target, { seed, cases, path }: Omit<Work, "target">): Promise<FuzzReport> {
    let begun = 0;
    try {
      const worker = this.#worker ?? await this.#start();
      this.#worker = undefined;
      worker.postMessage({ target: target.name, seed, cases, path });
      const report = await this.#hear(worker, (message) => {
        if (typeof message === "object") return message;
        begun = Number(message) + 1;
        this.#options.onCase?.();
        return undefined;
      });
      if (report.failure === undefined) this.#worker = worker;
      else worker.terminate();
      return report;
    } catch (error) {
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
    }
  }

  /** Starts a worker; what is said to one before it listens is lost. */
  async #start(): Promise<Worker> {
    const { module = new URL("./worker.ts", import.meta.url) } = this.#options;
    const worker = new Worker(module, { type: "module" });
    await this.#hear(worker, () => true);
    return worker;
  }

  /** Hears a worker until something that it says is an answer. */
  async #hear<Answer>(worker: Worker, read: (message: Message) => Answer | undefined) {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wait = () => {
      const { silenceMs = 120_000 } = this.#options;
      clearTimeout(timer);
      timer = setTimeout(() => reject(new Error("no sign of life: an endless loop")), silenceMs);
    };
    worker.onmessage = ({ data }: MessageEvent<Message>) => {
      const answer = read(data);
      if (answer !== undefined) resolve(answer);
      wait();
    };
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(`the worker broke down: ${event.message}`));
    };
    wait();
    try {
      return await promise;
    } catch (error) {
      worker.terminate();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Stops the worker. */
  [Symbol.dispose](): void {
    this.#worker?.terminate();
  }
}
