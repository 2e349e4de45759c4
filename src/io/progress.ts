import type { Io } from "./io.ts";

type ProgressOutput = Pick<Io, "err" | "terminal">;

/** Work that takes less is done before anyone wonders, in milliseconds. */
const PATIENCE = 1000;
/** How long a line stays before the next, in milliseconds. */
const PAUSE = 100;

const CLEAR = "\r\x1b[K";

/** A line on a terminal that says how far the work is, and that is gone when it is done. */
export class Progress implements Disposable {
  readonly #output: ProgressOutput;
  readonly #now: () => number;
  #next: number;
  #shown = false;

  /** Begins; nothing is shown before the work has taken a while. */
  constructor(output: ProgressOutput, now: () => number = () => performance.now()) {
    this.#output = output;
    this.#now = now;
    this.#next = now() + PATIENCE;
  }

  at(line: string): void {
    const now = this.#now();
    if (this.#output.terminal !== true || now < this.#next) return;
    this.#next = now + PAUSE;
    this.#shown = true;
    this.#output.err(`${CLEAR}${line}`);
  }

  [Symbol.dispose](): void {
    if (this.#shown) this.#output.err(CLEAR);
  }
}
