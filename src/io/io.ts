/** What a command has of the outside world besides files, so that tests can stand in for it. */
export interface Io {
  /** Writes to the standard output. */
  readonly out: (text: string) => void;
  /** Writes to the standard error. */
  readonly err: (text: string) => void;
  /** Reads the standard input to its end. */
  readonly input: () => Promise<string>;
  /** Reads an environment variable. */
  readonly env: (name: string) => string | undefined;
  /** Whether the standard error is a terminal, and lines on it may come and go. */
  readonly terminal?: boolean;
  /** Whether to use colour on the standard output. */
  readonly color: boolean;
  /** Whether to use colour on the standard error. */
  readonly errorColor?: boolean;
  /** How many characters a line of the standard output has. */
  readonly width: number;
}
