import { UserError } from "../errors.ts";
import { listNames } from "../text/list_names.ts";
import { didYouMean } from "../text/nearest.ts";

/**
 * Checks that what someone asks about is there.
 *
 * @throws {UserError} Where it is not, with what is.
 */
export function checkWord(what: string, word: string, known: readonly string[]): void {
  if (known.includes(word)) return;
  const wanted = known.length === 0 ? "there is none" : `expected ${listNames(known)}`;
  const hint = didYouMean({ word, known });
  throw new UserError(`Cannot find the ${what} ${JSON.stringify(word)}: ${wanted}${hint}`);
}
