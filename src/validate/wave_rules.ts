import { wavelessProblems } from "../config/clusters.ts";
import { placeOfKey } from "../config/config_place.ts";
import type { Problem } from "../errors.ts";
import { waveOf } from "../plan/waves.ts";
import { problemInConfig } from "./entries.ts";
import type { Repository } from "./repository.ts";

export function* wavelessClusters(repository: Repository): Generator<Problem> {
  const { settings, configText } = repository;
  const place = placeOfKey(configText, ["waves"]);
  for (const { message } of wavelessProblems(clustersOf(repository), settings)) {
    yield { file: settings.file, ...place, message };
  }
}

export function* idleWaves(repository: Repository): Generator<Problem> {
  const names = clustersOf(repository).map(({ name }) => name);
  const { waves = [] } = repository.settings;
  // Without any, the folder is the wrong one, which is said elsewhere.
  if (names.length === 0) return;
  for (const [wave, patterns] of waves.entries()) {
    for (const { glob, matches } of patterns) {
      const matched = names.filter(matches);
      if (matched.some((name) => waveOf(name, waves) === wave)) continue;
      // What is left to the last wave may be a cluster that is yet to come.
      if (wave > 0 && wave === waves.length - 1 && /^\*+$/.test(glob)) continue;
      const why = matched.length === 0
        ? "no cluster has such a name; correct the pattern or remove it"
        : "an earlier wave has every cluster of such a name, and a cluster is in the first that " +
          "names it; move the pattern to an earlier wave, or remove it";
      const message = `Cannot match the pattern ${JSON.stringify(glob)} in "waves": ${why}`;
      yield problemInConfig(repository, glob, message);
    }
  }
}

/** The clusters by name, those included whose file is wrong: they are called like its folder. */
function clustersOf({ documents }: Repository) {
  return documents.map(({ path, cluster }) => (
    { file: path, name: cluster?.name ?? path.split("/").at(-2) ?? "" }
  ));
}
