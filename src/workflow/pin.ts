/** The commit that is used of an action. */
export interface Pin {
  /** The version that the commit is, for people and dependency bots: `v1.2.3`. */
  readonly version: string;
  /** The commit, 40 hexadecimal digits. */
  readonly commit: string;
}

/** Pins by the names of their actions. */
export type Pins = ReadonlyMap<string, Pin>;

/**
 * Whether text is the full name of a commit: a shorter one, a branch or a tag can come to mean
 * other code.
 */
export function isCommit(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text);
}

/** Whether text is a version as dependency bots read and write it. */
export function isVersion(text: string): boolean {
  return /^v?\d+(?:\.\d+){0,2}(?:-[0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*)?$/.test(text);
}

/** Whether text is the name of an action in a repository on GitHub. */
export function isActionName(text: string): boolean {
  return /^[\w-]+(?:\/[\w.-]*\w[\w.-]*)+$/.test(text);
}

/** Whether two pins are the same. */
export function isSamePin(a: Pin, b: Pin): boolean {
  return a.commit === b.commit && a.version === b.version;
}

/** Writes a pin for people. */
export function describePin({ version, commit }: Pin): string {
  return `${version} (${commit})`;
}
