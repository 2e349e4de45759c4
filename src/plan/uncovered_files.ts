import type { Rules } from "./rules.ts";

/** Lists the files of which a change starts the workflow and upgrades nothing: no rule covers them. */
export function* uncoveredFiles(
  paths: Iterable<string>,
  { concerns, decide }: Pick<Rules, "concerns" | "decide">,
): Generator<string> {
  for (const path of paths) {
    if (concerns(path) && decide(path).length === 0) yield path;
  }
}
