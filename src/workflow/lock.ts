/** The name of a lock, in the root of a repository and of hubwright. */
export const LOCK_FILE = "actions.lock.json";

/** The commit that is used of an action, and its version for people and dependency bots. */
export interface Pin {
  readonly version: string;
  readonly commit: string;
}

export type Pins = ReadonlyMap<string, Pin>;

/** The locks that decide which commit of an action is used: the repository's own wins. */
export type Lock = Readonly<Record<"repository" | "hubwright", Pins>>;

export interface FoundPin extends Pin {
  readonly source: keyof Lock | "config";
}

/** Looks up the pin of an action: in the repository's lock, then in hubwright's. */
export function findPin(lock: Lock, name: string): FoundPin | undefined {
  for (const source of ["repository", "hubwright"] as const) {
    const pin = lock[source].get(name);
    if (pin !== undefined) return { ...pin, source };
  }
  return undefined;
}

export function describeSource(source: FoundPin["source"], config: string): string {
  return { repository: LOCK_FILE, hubwright: `hubwright's ${LOCK_FILE}`, config }[source];
}

/** Whether text is the full name of a commit: a shorter one, a branch or a tag can be moved. */
export function isCommit(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text);
}

export function isVersion(text: string): boolean {
  return /^v?\d+(?:\.\d+){0,2}(?:-[0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*)?$/.test(text);
}

export function isActionName(text: string): boolean {
  return /^[\w-]+(?:\/[\w.-]*\w[\w.-]*)+$/.test(text);
}

export function isSamePin({ commit, version }: Pin, other: Pin | undefined): boolean {
  return commit === other?.commit && version === other.version;
}

export function describePin({ version, commit }: Pin): string {
  return `${version} (${commit})`;
}
