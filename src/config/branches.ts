import { UserError } from "../errors.ts";
import type { Deploys } from "../plan/plan_input.ts";
import { listNames } from "../text/list_names.ts";
import { visible } from "../text/visible.ts";
import type { Settings } from "./settings.ts";

/** What each branch deploys, by its name or by what it begins with. */
export function deployingBranches(
  { branches, defaultBranch }: Pick<Settings, "branches" | "defaultBranch">,
): Readonly<Record<string, Deploys>> {
  return branches ?? { [defaultBranch]: "all" };
}

/** What branches begin with where a pattern is for all of those; `undefined` for a name. */
export function prefixOf(pattern: string): string | undefined {
  return pattern.endsWith("/**") ? pattern.slice(0, -2) : undefined;
}

/**
 * What a branch deploys; its name counts before what it begins with.
 *
 * @throws {UserError} Where it deploys nothing.
 */
export function deploysOf(
  branch: string,
  settings: Pick<Settings, "branches" | "defaultBranch" | "file">,
): Deploys {
  const all = deployingBranches(settings);
  const own = Object.hasOwn(all, branch) ? all[branch] : undefined;
  const found = own ?? Object.entries(all).find(([pattern]) => {
    const prefix = prefixOf(pattern);
    return prefix !== undefined && branch.startsWith(prefix);
  })?.[1];
  if (found !== undefined) return found;
  throw new UserError({
    file: settings.file,
    message: `Cannot tell what the branch ${visible(JSON.stringify(branch))} deploys: expected ` +
      `one of "branches", ${listNames(Object.keys(all))}`,
  });
}

/** Says that a plan is for no branch, where each deploys something else. */
export function unnamedBranch(
  branch: string | undefined,
  { branches }: Pick<Settings, "branches">,
): string | undefined {
  if (branch !== undefined || branches === undefined) return undefined;
  return "This is no branch's plan, as each deploys something else: name one with --branch: " +
    listNames(Object.keys(branches));
}
