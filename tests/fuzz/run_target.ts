import fc from "fast-check";
import { CaseFolders } from "./case_folder.ts";
import type { Ended, Target } from "./target.ts";

export interface FuzzOptions {
  /** What all cases follow from. */
  readonly seed: number;
  readonly cases: number;
  /** Where to begin, as a report gives it: that case alone is run. */
  readonly path?: string | undefined;
  /** How long a case may take that waits for something; the slowest take a hundredth of it. */
  readonly limitMs?: number;
  /** Hears of each case before it is run. */
  readonly onCase?: (number: number) => void;
}

export interface FuzzReport {
  readonly target: string;
  /** How many cases were run, those that shrink a failure aside. */
  readonly cases: number;
  readonly ended: Readonly<Record<Ended, number>>;
  /** A case in which hubwright does not do what it promises, and how to come back to it. */
  readonly failure?: {
    readonly path: string;
    readonly counterexample: string;
    readonly error: string;
  };
}

const SHRINK_MS = 20_000;

export async function runTarget(
  target: Target,
  { seed, cases, path, limitMs = 60_000, onCase }: FuzzOptions,
): Promise<FuzzReport> {
  // Deno would end the process where a promise fails that nothing waits for.
  const unheard: string[] = [];
  const hear = (event: PromiseRejectionEvent) => {
    event.preventDefault();
    unheard.push(String(event.reason));
  };
  addEventListener("unhandledrejection", hear);
  await using stack = new AsyncDisposableStack();
  stack.defer(() => removeEventListener("unhandledrejection", hear));
  const check = await target.open(stack.use(new CaseFolders()), stack);
  const ended = { accepted: 0, refused: 0 };
  let [run, shrinksUntil] = [0, Infinity];
  const property = fc.asyncProperty(target.cases, async (input) => {
    if (performance.now() > shrinksUntil) return;
    onCase?.(run++);
    try {
      ended[await inTime(limitMs, check(input))]++;
      await new Promise((resolve) => setTimeout(resolve));
      if (unheard.length > 0) throw new Error(`nothing waited for ${unheard.splice(0).join(", ")}`);
      const polluted = Object.keys(Object.prototype);
      if (polluted.length > 0) throw new Error(`Object.prototype has ${polluted.join(", ")}`);
    } catch (error) {
      shrinksUntil = Math.min(shrinksUntil, performance.now() + SHRINK_MS);
      throw error;
    }
  });
  const { failed, numRuns, counterexamplePath, counterexample, errorInstance } = await fc.check(
    property,
    path === undefined ? { seed, numRuns: cases } : { seed, numRuns: 1, path },
  );
  const report = { target: target.name, cases: numRuns, ended };
  if (!failed) return report;
  const failure = {
    path: counterexamplePath ?? "",
    counterexample: write(counterexample?.[0]),
    error: errorInstance instanceof Error
      ? errorInstance.stack ?? errorInstance.message
      : String(errorInstance),
  };
  return { ...report, failure };
}

async function inTime(limitMs: number, check: Promise<Ended>): Promise<Ended> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no end within ${limitMs} ms`)), limitMs);
  try {
    return await Promise.race([check, late]);
  } finally {
    clearTimeout(timer);
  }
}

const MOST_WRITTEN = 8_000;

export function write(input: unknown): string {
  let text: string;
  try {
    text = fc.stringify(input);
  } catch {
    // It is nested too deeply.
    text = JSON.stringify(input) ?? String(input);
  }
  const short = text.replace(
    /(.{1,20}?)\1{49,}/gs,
    (run, part) => `(${part}){${run.length / part.length}}`,
  );
  const more = short.length - MOST_WRITTEN;
  return more <= 0 ? short : `${short.slice(0, MOST_WRITTEN)}... and ${more} more characters`;
}
