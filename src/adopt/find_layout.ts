import type { Listing } from "../repository/files.ts";
import { compare } from "../text/compare.ts";

/** A pattern of files that may say what clusters or hubs there are. */
export interface SeenPattern {
  readonly pattern: string;
  readonly files: number;
  readonly example: string;
}

/** Where no fleet is described. */
const ELSEWHERE =
  /(?:^|\/)(?:\.github|docs?|tests?|images?|terraform|scripts|secrets|templates|charts|files|dashboards)(?:\/|$)/;

const NOT_A_FLEET = /^(?:Chart|values|requirements|chartpress|environment|mkdocs|_config)\.ya?ml$/;

/** What the folder of a fleet is called. */
const LIKELY = /^(?:config|clusters?|deployments?|hubs?|members?|federation)$/;

/**
 * Looks for files that may describe a fleet, in a repository without any `cluster.yaml`: one of the
 * same name in each of several folders, or several in one folder.
 */
export function findLayout(files: Listing, paths: readonly string[]): readonly SeenPattern[] {
  const patterns = paths.flatMap((path) => {
    const [, folder = "", name = "", ending] = /^(.+)\/([^/]+(\.ya?ml))$/.exec(path) ?? [];
    if (ending === undefined || NOT_A_FLEET.test(name) || ELSEWHERE.test(folder)) return [];
    if (isInChart(files, folder)) return [];
    const [, above] = /^(.+)\/[^/]+$/.exec(folder) ?? [];
    return [
      { path, pattern: `${folder}/*${ending}` },
      ...(above === undefined ? [] : [{ path, pattern: `${above}/*/${name}` }]),
    ];
  });
  return [...Map.groupBy(patterns, ({ pattern }) => pattern)]
    .filter(([, all]) => all.length > 1)
    .map(([pattern, all]) => ({ pattern, files: all.length, example: all[0]?.path ?? "" }))
    .sort((a, b) => rank(b) - rank(a) || b.files - a.files || compare(a.pattern, b.pattern));
}

/** A file of the same name in several folders says the most. */
function rank({ pattern }: SeenPattern): number {
  const [first = "", ...below] = pattern.split("/");
  return (LIKELY.test(first) ? 2 : 0) + (pattern.includes("*/") ? 1 : 0) - below.length;
}

function isInChart(files: Listing, folder: string): boolean {
  const parts = folder.split("/");
  return parts.some((_, index) =>
    files.list(parts.slice(0, index + 1).join("/"))?.has("Chart.yaml")
  );
}
