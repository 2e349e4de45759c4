import * as z from "../zod.ts";

/** What the token of a job may do, by scope; of what is not named, nothing. */
export const PermissionsSchema = z.union([
  z.enum(["read-all", "write-all"]),
  z.record(z.string(), z.enum(["read", "write", "none"])),
]);

export type Permissions = z.infer<typeof PermissionsSchema>;

/** What a token may do where no permissions are stated, in a repository with GitHub's defaults. */
export const DEFAULT_PERMISSIONS: Permissions = { contents: "read", packages: "read" };

/** Whether one of several permissions is given. */
export function allows(
  permissions: Permissions,
  needs: "read" | "write",
  ...scopes: readonly string[]
): boolean {
  if (typeof permissions === "string") return needs === "read" || permissions === "write-all";
  return scopes.some((scope) => permissions[scope] === needs || permissions[scope] === "write");
}
