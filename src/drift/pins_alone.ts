/** What a dependency bot changes in a workflow: the commit and the version behind an action. */
const PIN = /^( *(?:- )?uses: [^\s@]+@)\S+ # \S+$/gm;

/**
 * Whether two texts of a workflow differ in the commits and versions of actions alone, as after a
 * dependency bot's bump.
 *
 * @param was A text.
 * @param text Another.
 * @returns True where nothing else differs.
 * @example
 * ```ts
 * import { differInPinsAlone } from "./pins_alone.ts";
 *
 * console.assert(differInPinsAlone("uses: a/b@1 # v1\n", "uses: a/b@2 # v2\n"));
 * console.assert(!differInPinsAlone("uses: a/b@1 # v1\n", "uses: a/c@1 # v1\n"));
 * ```
 */
export function differInPinsAlone(was: string, text: string): boolean {
  return was !== text && was.replaceAll(PIN, "$1") === text.replaceAll(PIN, "$1");
}
