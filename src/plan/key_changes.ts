/** A key whose value differs between two versions of a file. */
export interface KeyChange {
  /** The keys and indices that lead to the value; empty for the whole of it. */
  readonly path: readonly (string | number)[];
  /** The old value; `undefined` for a new key. */
  readonly before: unknown;
  /** The new value; `undefined` for a key that was removed. */
  readonly after: unknown;
}

/** How many changes are listed: one is enough to decide. */
const MOST_CHANGES = 100;

/** How deep values are compared: with aliases they can be deeper than YAML nests. */
const DEEPEST = 200;

/** How many values are compared: with aliases a small file can hold exponentially many. */
export const MOST_VALUES = 500_000;

/**
 * Compares two values as YAML gives them: mappings, lists and scalars. The order of keys does not
 * matter, the order of a list does. Where no effort is left, values count as changed.
 */
export function keyChanges(
  before: unknown,
  after: unknown,
  effort: { left: number } = { left: MOST_VALUES },
): readonly KeyChange[] {
  const changes: KeyChange[] = [];
  /** Pairs that were compared, or are being compared: anchors can even nest a value in itself. */
  const seen = new Map<unknown, Set<unknown>>();
  const compare = (pair: KeyChange): void => {
    const { path, before, after } = pair;
    if (Object.is(before, after) || changes.length >= MOST_CHANGES) return;
    const keys = sharedKeys(before, after);
    if (keys === undefined || path.length >= DEEPEST || effort.left <= 0) {
      changes.push(pair);
      return;
    }
    const comparedWith = seen.get(before) ?? new Set();
    if (comparedWith.has(after)) return;
    seen.set(before, comparedWith.add(after));
    effort.left -= keys.length + 1;
    for (const key of keys) {
      compare({ path: [...path, key], before: valueAt(before, key), after: valueAt(after, key) });
    }
  };
  compare({ path: [], before, after });
  return changes;
}

/** The keys of either of two mappings, or the indices of two lists; `undefined` otherwise. */
function sharedKeys(before: unknown, after: unknown): readonly (string | number)[] | undefined {
  if (Array.isArray(before) && Array.isArray(after)) {
    return Array.from({ length: Math.max(before.length, after.length) }, (_, index) => index);
  }
  if (!isMapping(before) || !isMapping(after)) return undefined;
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
}

function valueAt(container: unknown, key: string | number): unknown {
  const values = container as Readonly<Record<string | number, unknown>>;
  return Object.hasOwn(values, key) ? values[key] : undefined;
}

export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
