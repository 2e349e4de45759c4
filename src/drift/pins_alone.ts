/** What a dependency bot changes in a workflow: the commit and the version behind an action. */
const PIN = /^( *(?:- )?uses: [^\s@]+@)\S+ # \S+$/gm;

/**
 * Whether two texts of a workflow differ in the commits and versions of actions alone, as after a
 * dependency bot's bump.
 */
export function differInPinsAlone(was: string, text: string): boolean {
  return was !== text && was.replaceAll(PIN, "$1") === text.replaceAll(PIN, "$1");
}
