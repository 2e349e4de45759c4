import type { FileKey } from "../config/config.ts";
import { joinPath } from "../config/paths.ts";
import { type Linked, resolve } from "../repository/files.ts";
import { compare } from "../text/compare.ts";
import type { SeenCluster, SeenClusters } from "./find_clusters.ts";

/** A key that names files, and how many it names. */
export interface SeenFileKey {
  readonly key: FileKey;
  readonly files: number;
}

/** What a key says: a file beside the `cluster.yaml`, one from the root, or something else. */
type Said = "beside" | "root" | "other";

/** The keys that hubwright reads by itself. */
const KNOWN = ["helm_chart_values_files", "helm_chart", "name", "provider"];

/** How deep keys are looked for below a cluster, its support chart or a hub. */
const DEEPEST = 3;

/** Finds the keys of clusters, support charts and hubs of which every text is the name of a file. */
export function findFileKeys(files: Linked, { clusters }: SeenClusters): readonly SeenFileKey[] {
  const said = clusters.flatMap(({ data, hubs, folder }) =>
    entriesOf(data, hubs).flatMap((entry) =>
      textsBelow(entry, []).map(({ key, text }) => ({ key, said: readAs(files, folder, text) }))
    )
  );
  return [...Map.groupBy(said, ({ key }) => key)].flatMap(([key, all]): SeenFileKey[] => {
    if (all.some(({ said }) => said === "other")) return [];
    const fromRoot = all.some(({ said }) => said === "root");
    return [{ key: fromRoot ? { key, from: "root" } : key, files: all.length }];
  }).sort((a, b) => compare(JSON.stringify(a.key), JSON.stringify(b.key)));
}

/** A cluster without its releases, and each release. */
function entriesOf(
  { support, hubs: _, ...cluster }: SeenCluster["data"],
  hubs: SeenCluster["hubs"],
): readonly unknown[] {
  return [cluster, support, ...hubs];
}

function textsBelow(
  value: unknown,
  path: readonly string[],
): readonly { readonly key: string; readonly text: string }[] {
  if (typeof value === "string" && path.length > 0) return [{ key: path.join("."), text: value }];
  if (Array.isArray(value)) return value.flatMap((item) => textsBelow(item, path));
  if (typeof value !== "object" || value === null || path.length === DEEPEST) return [];
  return Object.entries(value)
    .filter(([key]) => !KNOWN.includes(key) && /^[^.]+$/.test(key))
    .flatMap(([key, below]) => textsBelow(below, [...path, key]));
}

function readAs(files: Linked, folder: string, text: string): Said {
  // A word without a dot or a slash in it can have the name of a file by chance.
  if (!/[./]/.test(text) || text.includes("\n")) return "other";
  const isFile = (path: string | undefined) =>
    path !== undefined && resolve(files, path).kind === "file";
  if (text.includes("/") && isFile(joinPath("", text))) return "root";
  return isFile(joinPath(folder, text)) ? "beside" : "other";
}
