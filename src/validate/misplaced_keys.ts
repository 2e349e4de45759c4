import { describeEntries, entriesOf, type Entry } from "./entries.ts";
import type { Finding } from "./finding.ts";
import { findingAtKey } from "./places.ts";
import type { Repository } from "./repository.ts";

/** Keys that slip into another entry where the indentation is wrong, and where they belong. */
const SLIPPED: Readonly<Record<Entry["of"], readonly (readonly [key: string, to: string])[]>> = {
  cluster: [["helm_chart_values_files", 'in "support" and in the entries of "hubs"']],
  support: [["hubs", 'beside "support"']],
  hub: [["support", 'beside "hubs"'], ["provider", 'beside "hubs"']],
};

/** Finds keys of a `cluster.yaml` that stand in an entry where hubwright does not read them. */
export function misplacedKeys({ documents, settings: { rules } }: Repository): readonly Finding[] {
  return documents.flatMap((document) => {
    const [cluster, ...inside] = entriesOf(document);
    if (cluster === undefined) return [];
    return [cluster, ...inside].flatMap((entry) =>
      SLIPPED[entry.of].filter(([key]) =>
        Object.hasOwn(entry.value, key) && !rules.fileKeys.includes(key) &&
        (entry === cluster || !Object.hasOwn(cluster.value, key))
      ).map(([key, place]) => {
        const message = `Cannot tell what the key "${key}" of ${describeEntries([entry])} is ` +
          `for: hubwright reads it ${place}; check how far it is indented`;
        return findingAtKey("misplaced-key", document, [...entry.path, key], message);
      })
    );
  });
}
