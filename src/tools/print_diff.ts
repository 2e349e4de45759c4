import { differenceDiff } from "../drift/describe.ts";
import type { Difference } from "../drift/differences.ts";
import type { Io } from "../io/io.ts";
import { paint } from "../text/paint.ts";
import { visibleLines } from "../text/visible.ts";

export function printDiff(differences: readonly Difference[], io: Io): void {
  const diff = visibleLines(differences.map(differenceDiff).filter(Boolean).join("\n"));
  io.out(diff.split("\n").map((line) => paintDiffLine(line, io)).join("\n"));
}

function paintDiffLine(line: string, io: Io): string {
  if (/^(?:---|\+\+\+) /.test(line)) return paint(io, "bold", line);
  const style = ({ "+": "green", "-": "red", "@": "cyan" } as const)[line.charAt(0)];
  return style === undefined ? line : paint(io, style, line);
}
