/**
 * Reads a chart's {@link https://helm.sh/docs/chart_template_guide/helm_ignore_file/ `.helmignore`}:
 * what Helm leaves out of the chart. A file with negations, character classes or escapes, which are
 * not understood here, excludes nothing: when in doubt, a file is part of the chart.
 */
export function parseHelmIgnore(text: string): (path: string) => boolean {
  const lines = text.split(/\r?\n/).map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  if (lines.some((line) => /[!\\[\]]|\*\*/.test(line))) return () => false;
  const patterns = lines.map((line) => {
    const pattern = line.replace(/\/$/, "");
    return {
      foldersOnly: pattern !== line,
      wholePath: pattern.includes("/"),
      names: pattern.replace(/^\//, "").split("/"),
    };
  });
  return (path) => {
    const segments = path.split("/");
    return segments.some((name, index) =>
      patterns.some(({ foldersOnly, wholePath, names }) => {
        if (foldersOnly && index === segments.length - 1) return false;
        const candidate = wholePath ? segments.slice(0, index + 1) : [name];
        return candidate.length === names.length &&
          candidate.every((name, at) => matchesName(names[at] ?? "", name));
      })
    );
  };
}

/**
 * Whether a name matches a pattern with `*` and `?` in it. Takes at most the product of both
 * lengths, where a regular expression would try every way to divide a name among several `*`.
 */
function matchesName(pattern: string, name: string): boolean {
  const characters = [...name];
  // At each index: whether the pattern so far matches exactly the characters before it.
  let reached = [true, ...characters.map(() => false)];
  for (const wanted of pattern) {
    if (wanted === "*") {
      const first = reached.indexOf(true);
      reached = reached.map((_, at) => first >= 0 && at >= first);
    } else {
      reached = [
        false,
        ...characters.map((character, at) =>
          reached[at] === true && (wanted === "?" || wanted === character)
        ),
      ];
    }
  }
  return reached.at(-1) === true;
}
