/** An action that a step uses. */
export type ActionRef =
  | { readonly kind: "local"; readonly path: string }
  | {
    readonly kind: "pinned";
    /** `owner/repository`, with a path below it where there is one. */
    readonly name: string;
    /** The commit, 40 hexadecimal digits. */
    readonly commit: string;
    /** The version that the commit is, for people and dependency bots: `v1.2.3`. */
    readonly version: string;
  };

/**
 * Writes an action as `uses:` has it.
 *
 * @param action The action.
 * @returns For instance `actions/checkout@` and a commit.
 */
export function formatAction(action: ActionRef): string {
  return action.kind === "local" ? action.path : `${action.name}@${action.commit}`;
}
