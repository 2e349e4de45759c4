import fc from "fast-check";
import { CaseFolders } from "./case_folder.ts";
import type { Ended, Target } from "./target.ts";

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
  /** How many cases were run, those that shrink a failure aside. */
  readonly cases: number;
  /** How many of them hubwright took, and how many it refused. */
  readonly ended: Readonly<Record<Ended, number>>;
  readonly failure?: Failure;
}

/** How long a case may take that waits for something; the slowest take a hundredth of it. */
const LIMIT_MS = 60_000;

/** How long a failure is made smaller. */
const SHRINK_MS = 20_000;

/** Runs cases of a target. */
export async function runTarget(target: Target, options: FuzzOptions): Promise<FuzzReport> {
  const { seed, cases, path, limitMs = LIMIT_MS, onCase } = options;
  // Deno would end the process where a promise fails that nothing waits for.
  const unheard: string[] = [];
  const hear = (event: PromiseRejectionEvent) => {
    event.preventDefault();
    unheard.push(String(event.reason));
  };
  addEventListener("unhandledrejection", hear);
  const stack = new AsyncDisposableStack();
  const folders = stack.use(await CaseFolders.create());
  const check = await target.open(folders, stack);
  const ended = { accepted: 0, refused: 0 };
  let [run, shrinksUntil] = [0, Infinity];
  try {
    const property = fc.asyncProperty(target.cases, async (input) => {
      if (performance.now() > shrinksUntil) return;
      onCase?.(run++);
      try {
        ended[await inTime(limitMs, check(input))]++;
        await new Promise((resolve) => setTimeout(resolve));
        checkAftermath(unheard.splice(0));
      } catch (error) {
        shrinksUntil = Math.min(shrinksUntil, performance.now() + SHRINK_MS);
        throw error;
      }
    });
    const only = path === undefined ? {} : { path };
    const details = await fc.check(property, {
      seed,
      numRuns: path === undefined ? cases : 1,
      ...only,
    });
    const report = { target: target.name, cases: details.numRuns, ended };
    if (!details.failed) return report;
    const failure = {
      path: details.counterexamplePath ?? "",
      counterexample: write(details.counterexample?.[0]),
      error: describe(details.errorInstance),
    };
    return { ...report, failure };
  } finally {
    removeEventListener("unhandledrejection", hear);
    await stack.disposeAsync();
  }
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

/** What a case must not leave behind. */
function checkAftermath(unheard: readonly string[]): void {
  if (unheard.length > 0) throw new Error(`nothing waited for ${unheard.join(", ")}`);
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
