import { describeEntries } from "./entries.ts";
import { lookUp } from "./file_tree.ts";
import type { Finding } from "./finding.ts";
import { groupByFile, namingsOf } from "./namings.ts";
import { findingAt } from "./places.ts";
import type { Repository } from "./repository.ts";

/**
 * Finds files that a `cluster.yaml` names and that lie behind a link: git reports a change to the
 * link and none to what is behind it, so that no upgrade follows.
 */
export function linkedFiles({ documents, settings, tree }: Repository): readonly Finding[] {
  return documents.flatMap((document) =>
    groupByFile(namingsOf(document, settings.rules.fileKeys)).flatMap((namings) => {
      const [{ name, file, path }] = namings;
      const { kind, at } = lookUp(tree, file);
      if (kind !== "link" || !tree.leadsToFile(file)) return [];
      const message = `Cannot watch the file ${JSON.stringify(name)} of ` +
        `${describeEntries(namings.map(({ entry }) => entry))}: git does not see what changes ` +
        `behind the link ${at}; name the file that it leads to, or put a file in its place`;
      return [findingAt("linked-file", document, path, message)];
    })
  );
}
