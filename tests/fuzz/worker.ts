/**
 * Runs cases away from the main thread, so that an endless loop stops nobody but itself.
 *
 * @module
 */
/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import { type FuzzReport, runTarget } from "./run_target.ts";
import { allTargets } from "./targets.ts";

/** What a worker is to run. */
export interface Chunk {
  /** The name of the target. */
  readonly target: string;
  readonly seed: number;
  readonly cases: number;
  /** One case alone, as a report gives it. */
  readonly path?: string | undefined;
}

/**
 * What a worker says: that it listens, that it begins a case, what became of all of them, or that it
 * broke down.
 */
export type Message =
  | { readonly kind: "ready" }
  | { readonly kind: "case"; readonly number: number }
  | { readonly kind: "report"; readonly report: FuzzReport }
  | { readonly kind: "broken"; readonly error: string };

const say = (message: Message) => postMessage(message);

const targets = await allTargets();

addEventListener("message", ({ data }: MessageEvent<Chunk>) => void answer(data));
say({ kind: "ready" });

async function answer({ target: name, ...options }: Chunk): Promise<void> {
  try {
    const target = targets.find((target) => target.name === name);
    if (target === undefined) throw new RangeError(`no target ${name}`);
    const onCase = (number: number) => say({ kind: "case", number });
    say({ kind: "report", report: await runTarget(target, { ...options, onCase }) });
  } catch (error) {
    say({ kind: "broken", error: error instanceof Error ? error.stack ?? "" : String(error) });
  }
}
