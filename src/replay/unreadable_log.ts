import type { Problem } from "../errors.ts";

/** Remembers what could not be read, and for how long. */
export class UnreadableLog {
  /** The pushes after which something could not be read. */
  pushes = 0;
  /** What could not be read, in the order in which it was met, from which push to which. */
  readonly reports: (Record<"file" | "message" | "first" | "last", string> & { pushes: number })[] =
    [];
  #open = new Map<string, number>();

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
