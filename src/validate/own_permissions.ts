import { hasOwnPermissions } from "../config/runtime.ts";
import type { Finding } from "./finding.ts";
import { findingInConfig } from "./places.ts";
import type { Repository } from "./repository.ts";

/**
 * Finds a runtime that starts Deno with permissions of its own: each command needs few, and the
 * plan of a pull request runs beside code from strangers.
 */
export function ownPermissions(repository: Repository): readonly Finding[] {
  if (!hasOwnPermissions(repository.settings.runtime)) return [];
  const message = 'Cannot keep to least permission: expected "PERMISSIONS" among the words of ' +
    '"runtime", where it stands for what each command needs; put it, and --frozen, in the place ' +
    "of the permissions";
  return [findingInConfig("own-permissions", repository, "run", message)];
}
