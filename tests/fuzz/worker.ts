/** Runs the cases of a target away from the main thread, which can stop an endless loop here. */
/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import { type FuzzOptions, type FuzzReport, runTarget } from "./run_target.ts";
import { allTargets } from "./targets.ts";

export interface Work extends Pick<FuzzOptions, "seed" | "cases" | "path"> {
  readonly target: string;
}

/** What a worker says: that it listens or begins a case, and what became of all of them. */
export type Message = "ready" | number | FuzzReport;

const say = (message: Message) => postMessage(message);

const targets = await allTargets();

addEventListener("message", async ({ data: { target: name, ...options } }: MessageEvent<Work>) => {
  const target = targets.find((target) => target.name === name);
  if (target === undefined) throw new RangeError(`no target ${name}`);
  say(await runTarget(target, { ...options, onCase: say }));
});
say("ready");
