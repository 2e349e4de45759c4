import { lookUp } from "./file_tree.ts";
import type { Finding } from "./finding.ts";
import { findingInConfig } from "./places.ts";
import type { Repository } from "./repository.ts";

/** Finds folders that the config names and that are not there. */
export function missingFolders(repository: Repository): readonly Finding[] {
  const { settings: { clustersDir, ignoreClusters, chartsDir }, written, tree } = repository;
  const folders = [
    ...written.has("chartsDir") ? [{ key: "chartsDir", name: chartsDir, path: chartsDir }] : [],
    ...(written.has("ignoreClusters") && tree.list(clustersDir) ? ignoreClusters : [])
      .map((name) => ({ key: "ignoreClusters", name, path: `${clustersDir}/${name}` })),
  ];
  return folders.filter(({ path }) => !["folder", "link"].includes(lookUp(tree, path).kind ?? ""))
    .map(({ key, name, path }) => {
      const message = `Cannot find the folder ${JSON.stringify(name)} of "${key}": expected a ` +
        `folder ${path}; correct the name or remove it`;
      return findingInConfig("missing-folder", repository, name, message);
    });
}
