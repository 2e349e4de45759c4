import { compareClusterFiles } from "../config/compare_cluster_files.ts";
import type { Settings } from "../config/settings.ts";
import type { Change } from "../git/change.ts";
import type { ClusterChange, InertKeys } from "../plan/cluster_change.ts";
import { type FoundFiles, isClusterFile } from "./cluster_files.ts";
import { readText, type RepositoryFiles } from "./files.ts";

/** Opens the files of a commit: all of them, or at least those at some paths. */
export type OpenFiles = (paths?: readonly string[]) => Promise<RepositoryFiles & AsyncDisposable>;

/** Compares the `cluster.yaml` files that a change touches, before and after, by the changed paths. */
export async function clusterChangesOf(
  open: OpenFiles,
  settings: Settings,
  { base, files, deleted }: Change,
  found: FoundFiles,
): Promise<ReadonlyMap<string, ClusterChange>> {
  if ("everything" in files) return new Map();
  const linked = new Map(
    found.files.flatMap(({ path, sources = [] }) => sources.map((source) => [source, path])),
  );
  const touched = [...files, ...deleted].flatMap((path) => {
    const file = linked.get(path) ?? (isClusterFile(path, settings) ? path : undefined);
    return file === undefined ? [] : [{ path, file }];
  });
  if (touched.length === 0) return new Map();
  if (base === "") {
    const unknown = { kind: "unknown", why: "what it was before is not known" } as const;
    return new Map(touched.map(({ path }) => [path, unknown]));
  }
  const after = new Map(found.files.map(({ path, text }) => [path, text]));
  const before = await open(linked.size > 0 ? undefined : touched.map(({ file }) => file));
  const changes = touched.map(async ({ path, file }) => {
    const old = await readText(before, file);
    return [path, compareClusterFiles(old, after.get(file), inertKeys(settings))] as const;
  });
  // Not with "using": a Deno that is too old has to read the entry to say so.
  return new Map(await Promise.all(changes).finally(() => before[Symbol.asyncDispose]()));
}

/** The keys that reach no release: none where the whole file decides. */
export function inertKeys({ precision, rules }: Settings): InertKeys {
  return precision === "cluster"
    ? { cluster: [], hub: [] }
    : { cluster: rules.inertKeys, hub: rules.inertHubKeys };
}
