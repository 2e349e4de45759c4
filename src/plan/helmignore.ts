import { matchesName } from "./glob.ts";

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
