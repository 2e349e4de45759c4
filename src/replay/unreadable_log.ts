import type { Problem } from "../errors.ts";

/** A file that could not be read from one push to another, and for how many. */
export interface UnreadableReport {
  /** The `cluster.yaml`, or the folder that lacks one. */
  readonly file: string;
  readonly message: string;
  readonly first: string;
  readonly last: string;
  readonly pushes: number;
}

/** Remembers what could not be read, and for how long. */
export class UnreadableLog {
  /** The pushes after which something could not be read. */
  pushes = 0;
  /** What could not be read, in the order in which it was met. */
  readonly reports: UnreadableReport[] = [];
  #open = new Map<string, number>();

  /** Adds what cannot be read after a push. */
  add(commit: string, unreadable: readonly Problem[]): void {
    if (unreadable.length > 0) this.pushes++;
    const open = new Map<string, number>();
    for (const { file = "", message } of unreadable) {
      const key = `${file}\0${message}`;
      const index = this.#open.get(key) ?? this.reports.length;
      const before = this.reports[index] ?? { file, message, first: commit, pushes: 0 };
      this.reports[index] = { ...before, last: commit, pushes: before.pushes + 1 };
      open.set(key, index);
    }
    this.#open = open;
  }
}
