import assert from "node:assert/strict";
import { visible } from "../../src/text/visible.ts";
import type { Ran } from "../cli/fake_io.ts";
import type { Ended } from "./target.ts";

/** How long a line of a log may be, and how many lines mistakes may take up. */
const MOST = { line: 4_000, lines: 5_000 };

/** What a command may say where it refuses a case. */
export interface Refusal {
  /** What each line has to name: a file, a variable, an option. */
  readonly names: (line: string) => boolean;
  readonly codes?: readonly number[];
}

/**
 * Checks that a command ended as commands may: no crash, no stack trace, and where it refuses, one
 * line for each mistake that names where it is, with nothing in it that a terminal or GitHub's log
 * would take for more than text, and nothing on the standard output.
 */
export function orderly(ran: Ran, { names, codes = [1, 2] }: Refusal): Ended {
  const { code, out, err } = ran;
  assert.ok(code === 0 || codes.includes(code), `exit code ${code}: ${err}`);
  checkCalm(ran);
  if (code === 0) return "accepted";
  assert.equal(out, "", "a refusal prints nothing on the standard output");
  const lines = err.split("\n");
  assert.equal(lines.pop(), "", "the last line ends");
  if (code === 2) assert.equal(lines.pop(), 'Run "hubwright --help" for help.');
  assert.ok(lines.length > 0 && lines.length <= MOST.lines, `${lines.length} lines`);
  for (const line of lines) {
    const text = annotated(line);
    assert.ok(text.length <= MOST.line, `a line of ${text.length} characters`);
    assert.ok(names(text), `no place is named: ${text}`);
  }
  return "refused";
}

function annotated(line: string): string {
  const [, message] = /^::(?:error|warning)(?: [^:]*)?::(.*)$/.exec(line) ?? [];
  return message?.replaceAll("%0A", "\n").replaceAll("%0D", "\r").replaceAll("%25", "%") ?? line;
}

/** Checks that a command did not crash, and that what it says on its standard error is plain. */
export function checkCalm({ code, err }: Ran): void {
  assert.ok([0, 1, 2].includes(code), `exit code ${code}: ${err}`);
  assert.doesNotMatch(err, /\n {4}at |This is a bug|Cannot go on: Requires/);
  checkPrinted(err.split("\n").map(annotated).join("\n"));
}

/** Checks that what is printed for people is plain, whatever it was made from. */
export function checkPrinted(text: string): void {
  for (const line of text.split("\n")) assert.equal(visible(line), line);
}

export function namesOneOf(files: readonly string[]): (line: string) => boolean {
  const places = files.map(visible);
  return (line) => places.some((place) => line.startsWith(`${place}:`));
}
