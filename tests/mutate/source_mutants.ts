import { cp } from "node:fs/promises";
import { ROOT, Sandbox } from "../cli/sandbox.ts";
import { runDeno } from "../run_program.ts";
import { mutate } from "./seed.ts";
import type { SourceSeed } from "./source_seeds.ts";

/** What no test looks at. */
const LEFT_OUT = [".git", "coverage", "node_modules"];

/** A copy of this repository in which one change of the source after the other is tried. */
export class SourceMutants implements AsyncDisposable {
  readonly #folder: Sandbox;
  readonly #passing = new Set<string>();

  private constructor(folder: Sandbox) {
    this.#folder = folder;
  }

  static async create(): Promise<SourceMutants> {
    const folder = await Sandbox.create();
    for await (const { name } of Deno.readDir(ROOT)) {
      if (LEFT_OUT.includes(name)) continue;
      await cp(`${ROOT}/${name}`, folder.join(name), { recursive: true, verbatimSymlinks: true });
    }
    return new SourceMutants(folder);
  }

  /** What does not notice a change that it should notice. */
  async missedBy(seed: SourceSeed): Promise<readonly string[]> {
    const tests = seed.tests.join(" ");
    // Tests that fail anyway would notice everything.
    if (!this.#passing.has(tests) && !await this.#pass(seed)) {
      throw new Error(`Cannot try mutants: ${tests} fail without one`);
    }
    this.#passing.add(tests);
    const text = await this.#folder.read(seed.file);
    await this.#folder.write(seed.file, mutate(seed, text));
    const missed = await this.#pass(seed);
    await this.#folder.write(seed.file, text);
    return missed ? [tests] : [];
  }

  async #pass({ tests }: SourceSeed): Promise<boolean> {
    const args = ["test", "-P=test", "--no-check", "--fail-fast", "--quiet", ...tests];
    // A mutant can be an endless loop: one that is stopped has failed.
    const signal = AbortSignal.timeout(120_000);
    return (await runDeno(args, { cwd: this.#folder.path, signal })).code === 0;
  }

  [Symbol.asyncDispose](): PromiseLike<void> {
    return this.#folder[Symbol.asyncDispose]();
  }
}
