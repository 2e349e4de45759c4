import { createTwoFilesPatch } from "diff";
import type { Problem } from "../errors.ts";
import type { Difference } from "./compare.ts";

/** What a dependency bot changes in a workflow: the commit and the version behind an action. */
const PIN = /^( *(?:- )?uses: [^\s@]+@)\S+ # \S+$/gm;

/**
 * Whether two texts of a workflow differ in the commits and versions of actions alone, as after a
 * dependency bot's bump.
 */
export function differInPinsAlone(was: string, text: string): boolean {
  return was !== text && was.replaceAll(PIN, "$1") === text.replaceAll(PIN, "$1");
}

/** Says how a file differs from what is generated. */
export function differenceProblem(difference: Difference, fix: string, adopt?: string): Problem {
  const { kind, path } = difference;
  switch (kind) {
    case "changed":
      return {
        file: path,
        line: firstDifferentLine(difference.was, difference.text),
        message: adopt !== undefined && differInPinsAlone(difference.was, difference.text)
          ? "Cannot accept it: its actions are at other commits than the lock says; run " +
            `"${adopt}" to keep these, or "${fix}" for those of the lock`
          : `Cannot accept it: it differs from what is generated; run "${fix}"`,
      };
    case "missing":
      return { file: path, message: `Cannot find it: it should be generated; run "${fix}"` };
    case "orphaned":
      return {
        file: path,
        line: 1,
        message: `Cannot accept it: it says that it is generated and nothing generates it; run ` +
          `"${fix}", which deletes it`,
      };
  }
}

/** Shows how a file differs from what is generated: what running the generator would change. */
export function differenceDiff(difference: Difference): string {
  const { path } = difference;
  const was = difference.kind === "missing" ? "" : difference.was;
  const text = difference.kind === "orphaned" ? "" : difference.text;
  return createTwoFilesPatch(
    difference.kind === "missing" ? "/dev/null" : `a/${path}`,
    difference.kind === "orphaned" ? "/dev/null" : `b/${path}`,
    was,
    text,
    undefined,
    undefined,
    {
      context: 3,
      headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
    },
  );
}

function firstDifferentLine(was: string, text: string): number {
  const lines = text.split("\n");
  const index = was.split("\n").findIndex((line, number) => line !== lines[number]);
  return index < 0 ? lines.length : index + 1;
}
