import { compileGlob } from "./glob.ts";

/** A path pattern of a rule, checked and compiled. */
export interface Pattern {
  /** The pattern as written, without a leading `!`. */
  readonly glob: string;
  /** True for a pattern that began with `!`: no rule looks at the paths that it matches. */
  readonly exception: boolean;
  readonly matches: (path: string) => boolean;
}

/**
 * Characters that GitHub's path filters, micromatch or a shell treat specially, not all of them in
 * the same way.
 */
const SPECIAL = /[?+[\]{}()|\\^$!@#"'`<>&;,]/;

/**
 * Reads a rule's pattern.
 *
 * Only what means the same to
 * {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet GitHub's path filters}
 * and to micromatch is a pattern: plain names, `*` for any characters inside a segment, `**` as a
 * whole segment for any number of segments, and a leading `!` for an exception.
 */
export function parsePattern(text: string): Pattern | string {
  const exception = text.startsWith("!");
  const glob = exception ? text.slice(1) : text;
  const mistake = mistakeIn(glob);
  if (mistake !== undefined) return `Cannot use the pattern ${JSON.stringify(text)}: ${mistake}`;
  return { glob, exception, matches: compileGlob(glob) };
}

function mistakeIn(glob: string): string | undefined {
  const special = SPECIAL.exec(glob)?.[0];
  if (special !== undefined) {
    return `GitHub's path filters and micromatch may read "${special}" differently; use plain ` +
      'names, "*" inside a segment, "**" as a whole segment and a leading "!"';
  }
  if (/[\p{C}\p{Zl}\p{Zp}]/u.test(glob)) return "expected printable characters";
  const segments = glob.split("/");
  if (segments.some((segment) => ["", ".", ".."].includes(segment))) {
    return 'expected a path from the repository\'s root, without a leading or trailing "/" and ' +
      'without empty, "." or ".." segments';
  }
  if (segments.some((segment) => segment !== "**" && segment.includes("**"))) {
    return 'expected "**" to be a whole segment';
  }
  return /^ | $/.test(glob) ? "expected no space at either end" : undefined;
}

/** Whether a path means only itself in GitHub's path filters. */
export function isLiteralPattern(path: string): boolean {
  return !path.includes("*") && !path.startsWith("!") && mistakeIn(path) === undefined;
}

export function matchesAny(patterns: readonly Pattern[], path: string): boolean {
  return patterns.some((pattern) => pattern.matches(path));
}
