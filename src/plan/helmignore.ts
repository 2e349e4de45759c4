/**
 * Reads a chart's `.helmignore`: what Helm leaves out of the chart. Of
 * {@link https://helm.sh/docs/chart_template_guide/helm_ignore_file/ its syntax}, negations,
 * character classes and escapes are not understood here, and a file that uses them excludes
 * nothing: what cannot be told counts as a part of the chart.
 *
 * @param text The file's text.
 * @returns Whether a path, relative to the chart's folder, is left out.
 * @example
 * ```ts
 * import { parseHelmIgnore } from "./helmignore.ts";
 *
 * const ignores = parseHelmIgnore("*.md\n/docs/\n");
 * console.assert(ignores("README.md") && ignores("docs/a.txt") && !ignores("templates/a.yaml"));
 * ```
 */
export function parseHelmIgnore(text: string): (path: string) => boolean {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/).map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  if (lines.some((line) => /[!\\[\]]|\*\*/.test(line))) return () => false;
  const patterns = lines.map(parseLine);
  return (path) => {
    const segments = path.split("/");
    return segments.some((_, index) => {
      const candidate = segments.slice(0, index + 1).join("/");
      const folder = index < segments.length - 1;
      return patterns.some(({ matches, foldersOnly }) =>
        (folder || !foldersOnly) && matches(candidate)
      );
    });
  };
}

interface IgnorePattern {
  readonly foldersOnly: boolean;
  readonly matches: (path: string) => boolean;
}

/** A pattern with a slash is about a whole path, one without about a name in any folder. */
function parseLine(line: string): IgnorePattern {
  const foldersOnly = line.endsWith("/");
  const pattern = foldersOnly ? line.slice(0, -1) : line;
  const regex = compile(pattern.replace(/^\//, ""));
  return {
    foldersOnly,
    matches: pattern.includes("/")
      ? (path) => regex.test(path)
      : (path) => regex.test(path.slice(path.lastIndexOf("/") + 1)),
  };
}

function compile(pattern: string): RegExp {
  const source = pattern.replace(/[.+^${}()|]/g, "\\$&").replaceAll("*", "[^/]*")
    .replaceAll("?", "[^/]");
  return new RegExp(`^${source}$`, "su");
}
