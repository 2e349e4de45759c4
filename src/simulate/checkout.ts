import { UserError } from "../errors.ts";
import type { Checkout } from "./machine.ts";
import { bareGit, type Origin } from "./origin.ts";
import type { RuntimeLink } from "./runtime_link.ts";

/**
 * Checks a repository out as `actions/checkout` does: so many commits of one ref, or for a depth of
 * 0 all branches and tags with all their commits.
 *
 * @see {@link https://github.com/actions/checkout}
 * @throws {UserError} Where there is no such ref.
 */
export async function checkOut(
  origin: Origin,
  folder: string,
  { ref, depth }: Checkout,
  links: readonly RuntimeLink[],
): Promise<void> {
  const git = async (...args: readonly string[]) => {
    const { success, complaint } = await bareGit(folder, args);
    if (!success) throw new UserError(`Cannot check out "${ref}": ${complaint}`);
  };
  const wanted = `+${ref}:refs/remotes/checkout`;
  await git("init", "--quiet", folder);
  await git(
    ...["fetch", "--quiet", "--update-shallow", `file://${origin.path}`],
    ...depth === 0
      ? ["--tags", "+refs/heads/*:refs/remotes/origin/*", wanted]
      : [`--depth=${depth}`, "--no-tags", wanted],
  );
  await git("checkout", "--quiet", "--force", "--detach", "refs/remotes/checkout");
  await Promise.all(links.map((link) => link(folder)));
}
