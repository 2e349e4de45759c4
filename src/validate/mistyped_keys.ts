import { likelyEdits, nearest } from "../text/nearest.ts";
import { describeEntries, entriesOf, type Entry } from "./entries.ts";
import type { Finding } from "./finding.ts";
import { KNOWN_KEYS } from "./known_keys.ts";
import { findingAtKey } from "./places.ts";
import type { Repository } from "./repository.ts";

/** A key as short as this is taken for a mistyped one only where the right one is missing. */
const SHORT = 8;

/**
 * Finds keys that are nearly one of those that hubwright reads: under a mistyped
 * `helm_chart_values_files`, no file is seen at all.
 */
export function mistypedKeys({ documents, settings: { rules } }: Repository): readonly Finding[] {
  const others = rules.fileKeys.map((key) => key.split(".")[0] ?? key);
  return documents.flatMap((document) =>
    entriesOf(document).flatMap((entry) => {
      const known = [...KNOWN_KEYS[entry.of], ...others];
      return Object.keys(entry.value).filter((key) => !known.includes(key)).flatMap((key) => {
        const meant = meantKey(key, entry, known);
        if (meant === undefined) return [];
        const message = `Cannot tell what the key ${JSON.stringify(key)} of ` +
          `${
            describeEntries([entry])
          } is for: hubwright does not read it; did you mean "${meant}"?`;
        return [findingAtKey("mistyped-key", document, [...entry.path, key], message)];
      });
    })
  );
}

function meantKey(key: string, { value }: Entry, known: readonly string[]): string | undefined {
  const candidates = known.filter((name) => name.length > SHORT || !Object.hasOwn(value, name));
  const snake = inSnakeCase(key);
  return nearest(snake, candidates, likelyEdits(snake));
}

function inSnakeCase(key: string): string {
  return key.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase().replaceAll("-", "_");
}
