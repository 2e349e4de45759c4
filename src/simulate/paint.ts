/** How a report is to look on a terminal. */
export interface ReportOptions {
  /** Whether to use colour. */
  readonly color: boolean;
  /** How many characters a line has; reasons wrap there. */
  readonly width: number;
}

const CODES = { bold: [1, 22], yellow: [33, 39] } as const;

/** Colours text for a terminal. */
export function paint({ color }: ReportOptions, style: keyof typeof CODES, text: string): string {
  const [on, off] = CODES[style];
  return color ? `\x1b[${on}m${text}\x1b[${off}m` : text;
}
