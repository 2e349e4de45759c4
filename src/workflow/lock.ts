/** The name of a lock, in the root of a repository and of hubwright. */
export const LOCK_FILE = "actions.lock.json";

/** The commit that is used of an action. */
export interface Pin {
  /** The version that the commit is, for people and dependency bots: `v1.2.3`. */
  readonly version: string;
  /** The commit, 40 hexadecimal digits. */
  readonly commit: string;
}

/** Pins by the names of their actions. */
export type Pins = ReadonlyMap<string, Pin>;

export type PinSource = "repository" | "hubwright" | "config";

/** The locks that decide which commit of an action is used. */
export interface Lock {
  /** The repository's lock, which wins. */
  readonly repository: Pins;
  readonly hubwright: Pins;
}

export interface FoundPin extends Pin {
  readonly source: PinSource;
}

/** Looks up the pin of an action: in the repository's lock, then in hubwright's. */
export function findPin(lock: Lock, name: string): FoundPin | undefined {
  for (const source of ["repository", "hubwright"] as const) {
    const pin = lock[source].get(name);
    if (pin !== undefined) return { ...pin, source };
  }
  return undefined;
}

/** Says where a pin comes from. */
export function describeSource(source: PinSource, config: string): string {
  switch (source) {
    case "repository":
      return LOCK_FILE;
    case "hubwright":
      return `hubwright's ${LOCK_FILE}`;
    case "config":
      return config;
  }
}

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

export function isSamePin(a: Pin, b: Pin): boolean {
  return a.commit === b.commit && a.version === b.version;
}

/** Writes a pin for people. */
export function describePin({ version, commit }: Pin): string {
  return `${version} (${commit})`;
}
