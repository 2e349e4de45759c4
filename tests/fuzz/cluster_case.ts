import fc from "fast-check";
import { type Content, contents } from "./content.ts";
import { HOSTILE_NAMES } from "./hostile.ts";
import type { ClusterSeeds } from "./seeds.ts";
import { yamlTexts } from "./yaml_text.ts";

/** Where the clusters are without a config. */
export const CLUSTERS_DIR = "config/clusters";

/** What is in the folder of a cluster. */
export interface ClusterFolder {
  /** The folder's name. */
  readonly name: string;
  /** What stands where `cluster.yaml` is to be. */
  readonly file: Content | "missing" | "a folder" | "a link to itself";
}

const folder = (seeds: ClusterSeeds): fc.Arbitrary<ClusterFolder> => {
  const names = Object.keys(seeds);
  const seeded = fc.constantFrom(...names).chain((name) =>
    fc.record({ name: fc.constant(name), file: contents(yamlTexts([seeds[name] ?? ""])) })
  );
  const odd = fc.record({
    name: fc.constantFrom(...names, ...HOSTILE_NAMES),
    file: fc.oneof(
      contents(yamlTexts(Object.values(seeds))),
      fc.constantFrom("missing" as const, "a folder" as const, "a link to itself" as const),
    ),
  });
  return fc.oneof({ weight: 8, arbitrary: seeded }, { weight: 1, arbitrary: odd });
};

/** The folders of clusters of a repository. */
export function clusterFolders(seeds: ClusterSeeds): fc.Arbitrary<readonly ClusterFolder[]> {
  return fc.uniqueArray(folder(seeds), { maxLength: 3, selector: ({ name }) => name });
}
