/** What is known of whatever shows the text: a terminal or a log. */
export interface ReportOptions {
  readonly color: boolean;
  readonly width: number;
}

const CODES = {
  bold: [1, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;

export type Style = keyof typeof CODES;

export function paint({ color }: { color: boolean }, style: Style, text: string): string {
  const [on, off] = CODES[style];
  return color ? `\x1b[${on}m${text}\x1b[${off}m` : text;
}

/** The colours of what became of a job or a release. */
const RESULT_STYLES: ReadonlyMap<string, Style> = new Map([
  ...["deployed", "success", "passed"].map((word) => [word, "green"] as const),
  ...["failed", "failure", "blocked", "lost", "dropped"].map((word) => [word, "red"] as const),
  ["cancelled", "yellow"],
]);

/** What became of a job or a release, as a word in its colour. */
export function resultWord(
  text: string,
): string | { readonly text: string; readonly style: Style } {
  const style = RESULT_STYLES.get(text);
  return style === undefined ? text : { text, style };
}
