import { compare } from "../text/compare.ts";

export interface TextFile {
  /** Its path, relative to the repository's root. */
  readonly path: string;
  readonly text: string;
}

/** How a file on disk differs from what is generated. */
export type Difference =
  | {
    /** A foreign file is where one should be generated, and does not say that it is. */
    readonly kind: "changed" | "foreign";
    readonly path: string;
    readonly was: string;
    readonly text: string;
  }
  | { readonly kind: "missing"; readonly path: string; readonly text: string }
  | { readonly kind: "orphaned"; readonly path: string; readonly was: string };

/** Whether the first line of a file says that it is generated. */
export function isMarked(text: string, mark: string): boolean {
  return text.split("\n", 1)[0]?.includes(mark) ?? false;
}

/** Compares the files on disk with what is generated, byte for byte. */
export function compareFiles(
  generated: readonly TextFile[],
  present: readonly TextFile[],
  mark = "",
): readonly Difference[] {
  const texts = new Map(present.map(({ path, text }) => [path, text]));
  const wanted = new Set(generated.map(({ path }) => path));
  const differences: Difference[] = [];
  for (const { path, text } of generated) {
    const was = texts.get(path);
    if (was === undefined) differences.push({ kind: "missing", path, text });
    else if (was !== text) {
      differences.push({ kind: isMarked(was, mark) ? "changed" : "foreign", path, was, text });
    }
  }
  for (const { path, text: was } of present) {
    if (!wanted.has(path)) differences.push({ kind: "orphaned", path, was });
  }
  return differences.sort((a, b) => compare(a.path, b.path));
}
