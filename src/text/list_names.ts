import { visible } from "./visible.ts";

/** How many names a reason or a notice spells out before it counts the rest. */
const SPELLED_OUT = 3;

/** How many characters of a name are spelled out: the rule behind it has to stay in sight. */
const MOST_OF_NAME = 200;

/** Lists names in words; beyond the third, how many more there are. */
export function listNames(names: readonly string[]): string {
  const spelled = names.slice(0, SPELLED_OUT).map(quoteName).join(", ");
  const more = names.length - SPELLED_OUT;
  return more > 0 ? `${spelled} and ${more} more` : spelled;
}

/** Quotes a name that has characters paths rarely have, so that it reads as one name. */
function quoteName(name: string): string {
  const side = MOST_OF_NAME / 2;
  // The middle of a long name goes: a path is known by its ends.
  const short = name.length <= MOST_OF_NAME
    ? name
    : `${name.slice(0, side)}...${name.slice(3 - side)}`;
  return visible(/^[\w@%+:./[\]-]+$/.test(short) ? short : JSON.stringify(short));
}
