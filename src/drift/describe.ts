import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import type { Problem } from "../errors.ts";
import type { Difference } from "./differences.ts";

/** What a dependency bot changes in a workflow: the commit and the version behind an action. */
const PIN = /^( *(?:- )?uses: [^\s@]+@)\S+ # \S+$/gm;

/**
 * Whether two texts of a workflow differ in the commits and versions of actions alone, as after a
 * dependency bot's bump.
 */
export function differInPinsAlone(was: string, text: string): boolean {
  return was !== text && was.replaceAll(PIN, "$1") === text.replaceAll(PIN, "$1");
}

export interface Fixes {
  /** The command that writes what is generated. */
  readonly fix: string;
  /** The command that takes a bump of actions into the lock, where that is another way. */
  readonly adopt?: string | undefined;
}

export function differenceProblem(difference: Difference, { fix, adopt }: Fixes): Problem {
  const { kind, path: file } = difference;
  if (kind === "missing") {
    return { file, message: `Cannot find it: it should be generated; run "${fix}"` };
  }
  const line = kind === "changed" ? firstDifferentLine(difference.was, difference.text) : 1;
  const message = kind === "orphaned"
    ? "Cannot accept it: it says that it is generated and nothing generates it; run " +
      `"${fix}", which deletes it`
    : kind === "foreign"
    ? "Cannot overwrite it: hubwright did not write it, for its first line does not say so; " +
      `move it away, or run "${fix} --replace"`
    : differInLineEndingsAlone(difference)
    ? `Cannot accept it: only its line endings differ, CRLF for LF; add "/${file} eol=lf" to ` +
      `.gitattributes, and run "${fix}"`
    : adopt !== undefined && differInPinsAlone(difference.was, difference.text)
    ? "Cannot accept it: its actions are at other commits than the lock says; run " +
      `"${adopt}" to keep these, or "${fix}" for those of the lock`
    : `Cannot accept it: it differs from what is generated; run "${fix}"`;
  return { file, line, message };
}

/** As after a checkout by git on Windows. */
function differInLineEndingsAlone(difference: Difference): boolean {
  return difference.kind === "changed" &&
    difference.was.replaceAll("\r\n", "\n") === difference.text;
}

/** Shows what running the generator would change; of line endings nothing can be seen. */
export function differenceDiff(difference: Difference): string {
  if (differInLineEndingsAlone(difference)) return "";
  const { kind, path } = difference;
  const [before, was] = kind === "missing" ? ["/dev/null", ""] : [`a/${path}`, difference.was];
  const [after, text] = kind === "orphaned" ? ["/dev/null", ""] : [`b/${path}`, difference.text];
  return createTwoFilesPatch(before, after, was, text, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
}

function firstDifferentLine(was: string, text: string): number {
  const lines = text.split("\n");
  const index = was.split("\n").findIndex((line, number) => line !== lines[number]);
  return index < 0 ? lines.length : index + 1;
}
