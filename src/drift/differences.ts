import { compare } from "../text/compare.ts";

export interface TextFile {
  /** Relative to the repository's root. */
  readonly path: string;
  readonly text: string;
}

export type Difference =
  | (TextFile & {
    /** A foreign file is where one should be generated, and does not say that it is. */
    readonly kind: "changed" | "foreign";
    readonly was: string;
  })
  | (TextFile & { readonly kind: "missing" })
  | { readonly kind: "orphaned"; readonly path: string; readonly was: string };

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
  const unlike = generated.flatMap(({ path, text }): Difference[] => {
    const was = texts.get(path);
    if (was === undefined) return [{ kind: "missing", path, text }];
    const kind = isMarked(was, mark) ? "changed" : "foreign";
    return was === text ? [] : [{ kind, path, was, text }];
  });
  const orphaned = present.filter(({ path }) => !wanted.has(path))
    .map(({ path, text: was }): Difference => ({ kind: "orphaned", path, was }));
  return [...unlike, ...orphaned].sort((a, b) => compare(a.path, b.path));
}
