/** Promises that fail and that nobody waits for: Deno would end the process. */
export class Rejections implements Disposable {
  readonly #found: string[] = [];

  readonly #hear = (event: PromiseRejectionEvent) => {
    event.preventDefault();
    this.#found.push(String(event.reason));
  };

  /** Hears of them until it is disposed of. */
  constructor() {
    addEventListener("unhandledrejection", this.#hear);
  }

  /** Those since the last time that somebody asked. */
  async take(): Promise<readonly string[]> {
    await new Promise((resolve) => setTimeout(resolve));
    return this.#found.splice(0);
  }

  /** Hears of none any more. */
  [Symbol.dispose](): void {
    removeEventListener("unhandledrejection", this.#hear);
  }
}
