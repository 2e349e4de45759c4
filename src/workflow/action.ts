/** An action of the repository itself. */
export interface LocalAction {
  readonly kind: "local";
  /** Its folder: `./path`. */
  readonly path: string;
}

/** An action whose commit the lock says. */
export interface LockedAction {
  readonly kind: "locked";
  /** `owner/repository`, with a path below it where there is one. */
  readonly name: string;
}

/** An action at a commit. */
export interface ActionAtCommit {
  readonly kind: "pinned";
  /** `owner/repository`, with a path below it where there is one. */
  readonly name: string;
  /** The commit, 40 hexadecimal digits. */
  readonly commit: string;
  /** The version that the commit is, for people and dependency bots: `v1.2.3`. */
  readonly version: string;
}

/** An action that a step uses. */
export type ActionRef = LocalAction | LockedAction | ActionAtCommit;

/**
 * Writes an action as `uses:` has it: `actions/checkout@` and a commit.
 *
 * @throws {TypeError} Where the commit was not looked up in the lock yet.
 */
export function formatAction(action: ActionRef): string {
  switch (action.kind) {
    case "local":
      return action.path;
    case "pinned":
      return `${action.name}@${action.commit}`;
    case "locked":
      throw new TypeError(`Cannot write the action "${action.name}": it has no commit yet`);
  }
}
