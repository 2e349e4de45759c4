import type { Unreadable } from "./fleet.ts";
import type { UnreadableReport } from "./report.ts";

/** Remembers what could not be read, and for how long. */
export class UnreadableLog {
  readonly #reports: UnreadableReport[] = [];
  #open = new Map<string, number>();
  #pushes = 0;

  /** Adds what cannot be read after a push. */
  add(commit: string, unreadable: readonly Unreadable[]): void {
    if (unreadable.length > 0) this.#pushes++;
    const open = new Map<string, number>();
    for (const { file, message } of unreadable) {
      const key = `${file}\0${message}`;
      const index = this.#open.get(key) ?? this.#reports.length;
      const before = this.#reports[index] ?? { file, message, first: commit, pushes: 0 };
      this.#reports[index] = { ...before, last: commit, pushes: before.pushes + 1 };
      open.set(key, index);
    }
    this.#open = open;
  }

  /** The pushes after which something could not be read. */
  get pushes(): number {
    return this.#pushes;
  }

  /** What could not be read, in the order in which it was met. */
  get reports(): readonly UnreadableReport[] {
    return this.#reports;
  }
}
