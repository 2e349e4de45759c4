import { keyOf } from "../config/named_files.ts";
import type { Problem } from "../errors.ts";
import { likelyEdits, nearest } from "../text/nearest.ts";
import { describeEntries, entriesIn, entriesOf, type Entry, problemAtKey } from "./entries.ts";
import type { Repository } from "./repository.ts";

/** The keys that hubwright reads in each kind of entry of a `cluster.yaml`. */
const KNOWN_KEYS: Readonly<Record<Entry["of"], readonly string[]>> = {
  cluster: ["name", "provider", "support", "hubs"],
  support: ["helm_chart_values_files"],
  hub: ["name", "helm_chart", "helm_chart_values_files"],
};

/** A key as short as this is taken for a mistyped one only where the right one is missing. */
const SHORT = 8;

/**
 * Finds keys that are nearly one of those that hubwright reads: under a mistyped
 * `helm_chart_values_files`, no file is seen at all.
 */
export function* mistypedKeys(repository: Repository): Generator<Problem> {
  for (const [document, entry] of entriesIn(repository)) {
    const owner = describeEntries([entry]);
    for (const [key, meant] of meantKeys(entry, repository)) {
      const message = `Cannot tell what the key ${JSON.stringify(key)} of ${owner} is for: ` +
        `hubwright does not read it; did you mean "${meant}"?`;
      yield problemAtKey(document, [...entry.path, key], message);
    }
  }
}

/** The keys of an entry that are nearly one that hubwright reads, and that one. */
export function meantKeys(
  entry: Entry,
  { settings: { rules } }: Repository,
): ReadonlyMap<string, string> {
  const others = rules.fileKeys.map((key) => keyOf(key).split(".")[0] ?? "");
  const known = [...KNOWN_KEYS[entry.of], ...others];
  const missing = known.filter((name) => name.length > SHORT || !Object.hasOwn(entry.value, name));
  const unknown = Object.keys(entry.value).filter((key) => !known.includes(key));
  return new Map(unknown.flatMap((key) => {
    const snake = inSnakeCase(key);
    const meant = nearest(snake, missing, likelyEdits(snake));
    return meant === undefined ? [] : [[key, meant] as const];
  }));
}

function inSnakeCase(key: string): string {
  return key.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase().replaceAll("-", "_");
}

/** Keys that slip into another entry where the indentation is wrong, and where they belong. */
const SLIPPED: Readonly<Record<Entry["of"], readonly (readonly [key: string, to: string])[]>> = {
  cluster: [["helm_chart_values_files", 'in "support" and in the entries of "hubs"']],
  support: [["hubs", 'beside "support"']],
  hub: [["support", 'beside "hubs"'], ["provider", 'beside "hubs"']],
};

/** Finds keys of a `cluster.yaml` in an entry where hubwright does not read them. */
export function* misplacedKeys({ documents, settings: { rules } }: Repository): Generator<Problem> {
  for (const document of documents) {
    const entries = entriesOf(document);
    const [cluster] = entries;
    for (const entry of entries) {
      for (const [key, place] of SLIPPED[entry.of]) {
        if (!Object.hasOwn(entry.value, key)) continue;
        // A hub may have a "provider" of its own beside the cluster's.
        if (entry !== cluster && cluster && Object.hasOwn(cluster.value, key)) continue;
        if (rules.fileKeys.some((fileKey) => keyOf(fileKey) === key)) continue;
        const message = `Cannot tell what the key "${key}" of ${describeEntries([entry])} is ` +
          `for: hubwright reads it ${place}; check how far it is indented`;
        yield problemAtKey(document, [...entry.path, key], message);
      }
    }
  }
}
