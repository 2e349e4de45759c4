import { wavelessProblems } from "../config/clusters.ts";
import { placeOfKey } from "../config/config_place.ts";
import type { Problem } from "../errors.ts";
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
  const clusters = clustersOf(repository);
  // Without any, the folder is the wrong one, which is said elsewhere.
  if (clusters.length === 0) return;
  for (const { glob, matches } of repository.settings.waves?.flat() ?? []) {
    if (clusters.some(({ name }) => matches(name))) continue;
    const message = `Cannot match the pattern ${JSON.stringify(glob)} in "waves": no cluster has ` +
      "such a name; correct the pattern or remove it";
    yield problemInConfig(repository, glob, message);
  }
}

/** The clusters by name, those included whose file is wrong: they are called like its folder. */
function clustersOf({ documents }: Repository) {
  return documents.map(({ file: { path }, cluster }) => (
    { file: path, name: cluster?.name ?? path.split("/").at(-2) ?? "" }
  ));
}
