/**
 * Reads a chart's {@link https://helm.sh/docs/chart_template_guide/helm_ignore_file/ `.helmignore`}:
 * what Helm leaves out of the chart. A file with negations, character classes or escapes, which are
 * not understood here, excludes nothing: when in doubt, a file is part of the chart.
 */
export function parseHelmIgnore(text: string): (path: string) => boolean {
  const lines = text.split(/\r?\n/).map((line) => line.trim())
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

/** A pattern with a slash matches a whole path, one without a slash a name in any folder. */
function parseLine(line: string): IgnorePattern {
  const foldersOnly = line.endsWith("/");
  const pattern = foldersOnly ? line.slice(0, -1) : line;
  const names = pattern.replace(/^\//, "").split("/");
  return {
    foldersOnly,
    matches: (path) => {
      const segments = pattern.includes("/") ? path.split("/") : path.split("/").slice(-1);
      return segments.length === names.length &&
        names.every((name, index) => matchesName([...name], [...segments[index] ?? ""]));
    },
  };
}

/**
 * Whether a name matches a pattern with `*` and `?` in it. Only the last `*` ever backtracks, so
 * matching takes at most the product of both lengths.
 */
function matchesName(pattern: readonly string[], name: readonly string[]): boolean {
  let [at, next] = [0, 0];
  let star: { readonly at: number; next: number } | undefined;
  while (next < name.length) {
    if (pattern[at] === "*") {
      star = { at: ++at, next };
    } else if (at < pattern.length && (pattern[at] === "?" || pattern[at] === name[next])) {
      at++;
      next++;
    } else if (star !== undefined) {
      at = star.at;
      next = ++star.next;
    } else {
      return false;
    }
  }
  return pattern.slice(at).every((character) => character === "*");
}
