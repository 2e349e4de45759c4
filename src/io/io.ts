/** What a command has of the outside world besides files, so that tests can stand in for it. */
export interface Io {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly input: () => Promise<string>;
  readonly env: (name: string) => string | undefined;
  /** Whether the standard error is a terminal, and lines on it may come and go. */
  readonly terminal?: boolean;
  /** Colour on the standard output; `errorColor`: on the standard error. */
  readonly color: boolean;
  readonly errorColor?: boolean;
  readonly width: number;
}
