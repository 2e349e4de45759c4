import { UsageError } from "../errors.ts";
import { PHASES } from "../plan/releases.ts";
import { parseFault } from "./fault.ts";
import type { Fault } from "./record.ts";

/** What happens next to a fleet, and what goes wrong with it. */
export type SequenceStep =
  & { readonly text: string; readonly faults: readonly Fault[] }
  & NonNullable<ReturnType<typeof readWords>>;

const WANTED = "expected push [BASE..]HEAD, rerun STEP all|failed, " +
  "dispatch [RELEASES] [phase=PHASE] [dry-run], schedule or wait 3d|12h; and behind it " +
  "fail=SPEC, cancel or lost-report, for a push label=NAME as well";

/** What goes wrong by a word of its own. */
const SHORT: Readonly<Record<string, string>> = {
  cancel: "job:generate-jobs=cancel-run",
  "lost-report": "job:report-deployment=lost",
};

export function parseStep(text: string): SequenceStep {
  const [kind = "", ...words] = text.trim().split(/\s+/);
  const named = (name: string) =>
    take(words, (word) => word.startsWith(`${name}=`)).map((word) => word.slice(name.length + 1));
  const short = take(words, (word) => Object.hasOwn(SHORT, word));
  const faults = [...short.map((word) => SHORT[word] ?? ""), ...named("fail")].map(parseFault);
  const step = readWords(kind, words, named);
  const isQuiet = step?.kind === "wait" && faults.length > 0;
  if (step !== undefined && !isQuiet && words.length === 0) return { ...step, text, faults };
  throw new UsageError(`Cannot read the step ${JSON.stringify(text)}: ${WANTED}`);
}

type Words = string[];

/** Reads what a kind of step takes, and takes those words away. */
function readWords(kind: string, words: Words, named: (name: string) => readonly string[]) {
  switch (kind) {
    case "push": {
      const labels = named("label");
      const [, base, head] = /^(?:(.+?)\.\.)?([^.](?:(?!\.\.).)*)$/.exec(words.shift() ?? "") ?? [];
      return head === undefined ? undefined : { kind, base, head, labels } as const;
    }
    case "rerun": {
      const [step = 0, jobs] = [Number(words.shift()), words.shift()];
      const isKnown = Number.isInteger(step) && step > 0 && (jobs === "all" || jobs === "failed");
      return isKnown ? { kind, step, jobs } as const : undefined;
    }
    case "dispatch": {
      const [phase = "all", more] = named("phase");
      const isKnown = more === undefined && ["all", ...PHASES].includes(phase);
      const dry = take(words, (word) => word === "dry-run").length > 0;
      const inputs = { releases: words.shift() ?? "", phase, "dry-run": String(dry) };
      return isKnown ? { kind, inputs } as const : undefined;
    }
    case "schedule":
      return { kind } as const;
    case "wait": {
      const [, count, unit] = /^(\d+)([dh])$/.exec(words.shift() ?? "") ?? [];
      const hours = Number(count) * (unit === "d" ? 24 : 1);
      return count === undefined ? undefined : { kind, hours } as const;
    }
  }
  return undefined;
}

/** Takes the words out of a list that are of a kind. */
function take(words: Words, isMeant: (word: string) => boolean): readonly string[] {
  const taken = words.filter(isMeant);
  words.splice(0, words.length, ...words.filter((word) => !isMeant(word)));
  return taken;
}
