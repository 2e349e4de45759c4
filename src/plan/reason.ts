import { visible } from "./visible.ts";

/** How many names a reason or a notice spells out before it counts the rest. */
const SPELLED_OUT = 3;

/**
 * Lists names in words; beyond the third, how many more there are.
 *
 * @param names The names, in the order in which they are to stand.
 * @returns For instance `a, b and 3 more`.
 * @example
 * ```ts
 * import { listNames } from "./reason.ts";
 *
 * console.assert(listNames(["a", "b c"]) === 'a, "b c"');
 * console.assert(listNames(["a", "b", "c", "d"]) === "a, b, c and 1 more");
 * ```
 */
export function listNames(names: readonly string[]): string {
  const spelled = names.slice(0, SPELLED_OUT).map(quoteName).join(", ");
  const more = names.length - SPELLED_OUT;
  return more > 0 ? `${spelled} and ${more} more` : spelled;
}

/**
 * Writes a name so that it cannot be taken for more than a name: one with other characters than
 * paths usually have stands in quotes.
 */
function quoteName(name: string): string {
  return visible(/^[\w@%+:./-]+$/.test(name) ? name : JSON.stringify(name));
}

/** Why one release is upgraded, collected rule by rule. */
export class Reasons {
  readonly #filesByRule = new Map<string, Set<string>>();

  /**
   * Adds a cause.
   *
   * @param rule The rule that decided.
   * @param subject What it decided on: a changed file, as a path, or what else made it apply.
   */
  add(rule: string, subject: string): void {
    const files = this.#filesByRule.get(rule);
    if (files === undefined) this.#filesByRule.set(rule, new Set([subject]));
    else files.add(subject);
  }

  /** Whether anything was added: a release without a cause is not upgraded. */
  get any(): boolean {
    return this.#filesByRule.size > 0;
  }

  /**
   * Writes the causes as one line.
   *
   * @returns For instance `deployer/a.py (rule: all hubs)`; empty where nothing was added.
   */
  toString(): string {
    return [...this.#filesByRule].sort(([a], [b]) => a < b ? -1 : 1)
      .map(([rule, files]) => `${listNames([...files].sort())} (rule: ${rule})`)
      .join("; ");
  }
}
