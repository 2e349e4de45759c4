import { describeEntries } from "./entries.ts";
import type { Finding } from "./finding.ts";
import { groupByFile, namingsOf } from "./namings.ts";
import { findingAt } from "./places.ts";
import type { Repository } from "./repository.ts";

/**
 * Finds values files that one list names twice: Helm reads the list in order, and what stands
 * between both places loses to the second.
 */
export function repeatedFiles({ documents }: Repository): readonly Finding[] {
  return documents.flatMap((document) => {
    const lists = Map.groupBy(namingsOf(document, []), ({ entry }) => entry);
    return [...lists].flatMap(([entry, list]) =>
      groupByFile(list).flatMap(([, ...repeated]) =>
        repeated.map(({ name, path }) => {
          const message = `Cannot tell which place of the file ${JSON.stringify(name)} is meant: ` +
            `the list of ${describeEntries([entry])} names it twice; remove one of them`;
          return findingAt("repeated-file", document, path, message);
        })
      )
    );
  });
}
