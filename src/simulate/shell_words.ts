/** What is written in a word in place of the cluster, of the hub, and of what is not known. */
export const CLUSTER = "\x01";
export const HUB = "\x02";
export const UNKNOWN = "\x03";

const EXPANSION = "\\$\\((?:[^()]|\\([^()]*\\))*\\)|`[^`]*`|\\$\\{[^}]*\\}|\\$\\w+|\\$[#?!@*$-]";
const QUOTED = `'[^']*'|"(?:[^"\\\\]|\\\\[^])*"|\\\\[^]`;

/** A blank, the end of a command, a redirection, or a word. */
const TOKEN = new RegExp(
  `[ \\t\\r]|\\\\\\n|(?<end>[\\n;&|()])|(?<redirection>\\d*[<>][<>&]*)|` +
    `(?<word>(?:${EXPANSION}|${QUOTED}|[^\\s;&|()<>'"\`\\\\])+)`,
  "gy",
);
const PART = new RegExp(`${EXPANSION}|${QUOTED}|[*?[]`, "g");
const DOUBLE_QUOTED = new RegExp(`${EXPANSION}|\\\\[$\`"\\\\]`, "g");

/**
 * Splits a text of a shell into commands, and these into words, as the shell would: without quotes
 * and redirections, and with expansions replaced. There are none where a quote is not closed.
 */
export function shellCommands(text: string): readonly (readonly string[])[] {
  const commands: string[][] = [[]];
  let at = 0;
  let isTarget = false;
  for (const { index, 0: token, groups: { end, redirection, word } = {} } of text.matchAll(TOKEN)) {
    at = index + token.length;
    if (end !== undefined) commands.push([]);
    if (word !== undefined && !isTarget) commands.at(-1)?.push(plainWord(word));
    if (word !== undefined || redirection !== undefined) isTarget = redirection !== undefined;
  }
  return at === text.length ? commands.filter((words) => words.length > 0) : [];
}

function plainWord(word: string): string {
  return word.replace(PART, (part) => {
    if (part.startsWith("'")) return part.slice(1, -1);
    return part.startsWith('"')
      ? part.slice(1, -1).replace(DOUBLE_QUOTED, plainPart)
      : plainPart(part);
  });
}

function plainPart(part: string): string {
  if (part.startsWith("\\")) return part.slice(1);
  if (/^\$\{?CLUSTER\}?$/.test(part)) return CLUSTER;
  return /^\$\{?HUB\}?$/.test(part) ? HUB : UNKNOWN;
}
