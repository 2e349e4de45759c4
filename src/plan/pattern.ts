import { compileGlob } from "./glob.ts";

/** A path pattern of a rule, checked and compiled. */
export interface Pattern {
  /** The pattern as written, without a leading `!`. */
  readonly glob: string;
  /** True for a pattern that began with `!`: paths that it matches are no business of any rule. */
  readonly exception: boolean;
  /** Whether the pattern matches a path. */
  readonly matches: (path: string) => boolean;
}

/**
 * Characters that GitHub's path filters, micromatch or a shell give a meaning of their own, or
 * that no two of them read alike.
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
  const special = SPECIAL.exec(glob)?.[0];
  if (special !== undefined) {
    return `Cannot use the pattern ${JSON.stringify(text)}: GitHub's path filters and micromatch ` +
      `may read "${special}" differently; use plain names, "*" inside a segment, "**" as a whole ` +
      `segment and a leading "!"`;
  }
  if (hasUnprintable(glob)) {
    return `Cannot use the pattern ${JSON.stringify(text)}: expected printable characters`;
  }
  const segments = glob.split("/");
  if (segments.some((segment) => segment === "" || segment === "." || segment === "..")) {
    return `Cannot use the pattern ${
      JSON.stringify(text)
    }: expected a path from the repository's ` +
      `root, without a leading or trailing "/" and without empty, "." or ".." segments`;
  }
  if (segments.some((segment) => segment !== "**" && segment.includes("**"))) {
    return `Cannot use the pattern ${JSON.stringify(text)}: expected "**" to be a whole segment`;
  }
  if (glob.startsWith(" ") || glob.endsWith(" ")) {
    return `Cannot use the pattern ${JSON.stringify(text)}: expected no space at either end`;
  }
  return { glob, exception, matches: compileGlob(glob) };
}

/** Whether a path can stand in GitHub's path filters as itself. */
export function isLiteralPattern(path: string): boolean {
  return !path.includes("*") && !path.startsWith("!") && typeof parsePattern(path) !== "string";
}

function hasUnprintable(text: string): boolean {
  return /[\p{C}\p{Zl}\p{Zp}]/u.test(text);
}

/** Whether any of some patterns matches a path. */
export function matchesAny(patterns: readonly Pattern[], path: string): boolean {
  return patterns.some((pattern) => pattern.matches(path));
}
