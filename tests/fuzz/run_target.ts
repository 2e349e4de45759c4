import fc from "fast-check";
import type { Ended, Target } from "./target.ts";
import { Rejections } from "./rejections.ts";

/** What to run. */
export interface FuzzOptions {
  /** What all cases follow from. */
  readonly seed: number;
  /** How many cases. */
  readonly cases: number;
  /** Where to begin, as a report gives it: that case alone is run. */
  readonly path?: string | undefined;
  /** How long a case may take, in milliseconds. */
  readonly limitMs?: number;
  /** Hears of each case before it is run. */
  readonly onCase?: ((number: number) => void) | undefined;
}

/** A case in which hubwright does not do what it promises. */
export interface Failure {
  /** How to come back to the case. */
  readonly path: string;
  /** The smallest case that was found. */
  readonly counterexample: string;
  /** What is wrong. */
  readonly error: string;
}

/** What became of the cases of a target. */
export interface FuzzReport {
  readonly target: string;
  readonly seed: number;
  /** How many cases were run, those that shrink a failure aside. */
  readonly cases: number;
  /** How many of them hubwright took, and how many it refused. */
  readonly ended: Readonly<Record<Ended, number>>;
  /** How long the slowest took, in milliseconds. */
  readonly slowestMs: number;
  readonly failure?: Failure;
}

/** How long a case may take; the slowest take a tenth of it on a busy machine. */
const LIMIT_MS = 10_000;

/** How long a failure is made smaller. */
const SHRINK_MS = 20_000;

/** Runs cases of a target. */
export async function runTarget(target: Target, options: FuzzOptions): Promise<FuzzReport> {
  const { seed, cases, path, limitMs = LIMIT_MS, onCase } = options;
  using rejections = new Rejections();
  const world = await target.open();
  const ended = { accepted: 0, refused: 0 };
  let [run, slowestMs, shrinksUntil] = [0, 0, Infinity];
  try {
    const property = fc.asyncProperty(target.cases, async (input) => {
      const start = performance.now();
      if (start > shrinksUntil) return;
      onCase?.(run++);
      try {
        ended[await inTime(limitMs, () => world.check(input))]++;
        checkAftermath(await rejections.take());
      } catch (error) {
        shrinksUntil = Math.min(shrinksUntil, start + SHRINK_MS);
        throw error;
      } finally {
        if (shrinksUntil === Infinity) slowestMs = Math.max(slowestMs, performance.now() - start);
      }
    });
    const details = await fc.check(property, {
      seed,
      numRuns: path === undefined ? cases : 1,
      ...(path === undefined ? {} : { path }),
    });
    const report = { target: target.name, seed, cases: details.numRuns, ended, slowestMs };
    if (!details.failed) return report;
    const failure = {
      path: details.counterexamplePath ?? "",
      counterexample: write(details.counterexample?.[0]),
      error: describe(details.errorInstance),
    };
    return { ...report, failure };
  } finally {
    await world[Symbol.asyncDispose]?.();
  }
}

async function inTime(limitMs: number, check: () => Promise<Ended>): Promise<Ended> {
  const start = performance.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no end within ${limitMs} ms`)), limitMs);
  });
  try {
    const ended = await Promise.race([check(), late]);
    const took = performance.now() - start;
    if (took > limitMs) throw new Error(`the case took ${took.toFixed()} ms`);
    return ended;
  } finally {
    clearTimeout(timer);
  }
}

/** What a case must not leave behind. */
function checkAftermath(rejections: readonly string[]): void {
  if (rejections.length > 0) throw new Error(`nobody waited for ${rejections.join(", ")}`);
  const polluted = Object.keys(Object.prototype);
  if (polluted.length > 0) throw new Error(`Object.prototype has ${polluted.join(", ")}`);
}

function describe(error: unknown): string {
  return error instanceof Error ? error.stack ?? error.message : String(error);
}

/** How many characters of a case people want to see. */
const MOST_WRITTEN = 8_000;

/** Writes a case for people. */
export function write(input: unknown): string {
  let text: string;
  try {
    text = fc.stringify(input);
  } catch {
    // It is nested too deeply.
    text = JSON.stringify(input) ?? String(input);
  }
  const short = text.replace(/(.{1,20}?)\1{49,}/gs, (run, part) => {
    return `(${part}){${run.length / part.length}}`;
  });
  const more = short.length - MOST_WRITTEN;
  return more <= 0 ? short : `${short.slice(0, MOST_WRITTEN)}... and ${more} more characters`;
}
