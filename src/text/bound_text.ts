/** How many characters a reason, a notice or a line of output may have, as UTF-16 counts them. */
export const MOST_TEXT = 2_000;

const CUT = "...";

export function boundText(text: string, most: number = MOST_TEXT): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - CUT.length).replace(/[\ud800-\udbff]$/, "")}${CUT}`;
}
