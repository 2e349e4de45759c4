import { UserError } from "../errors.ts";
import type { Checkout } from "./machine.ts";
import { bareGit, copyIfThere, lendObjects, type Origin } from "./origin.ts";
import type { RuntimeLink } from "./runtime_link.ts";

export interface CheckoutSource {
  readonly origin: Origin;
  /**
   * Whether everything that the real repository has may be seen. After a force push it may not:
   * GitHub does not fetch the commit that it replaced.
   */
  readonly lend: boolean;
  /** hubwright itself, where the repository does not hold it. */
  readonly links: readonly RuntimeLink[];
}

/**
 * Checks a repository out as `actions/checkout` does: so many commits of one ref, or for a depth of
 * 0 all branches with all their commits, which are borrowed where they can be.
 *
 * @see {@link https://github.com/actions/checkout}
 * @throws {UserError} Where there is no such ref.
 */
export async function checkOut(
  { origin, lend, links }: CheckoutSource,
  folder: string,
  { ref, depth }: Checkout,
): Promise<void> {
  const git = async (...args: readonly string[]) => {
    const { ok, complaint } = await bareGit(folder, args);
    if (!ok) throw new UserError(`Cannot check out "${ref}": ${complaint}`);
  };
  await git("init", "--quiet", "--template=", `--object-format=${origin.format}`);
  const commit = depth === 0 && lend ? await origin.try("rev-parse", "--verify", ref) : undefined;
  const wanted = "refs/remotes/checkout";
  if (commit === undefined) {
    await git(
      ...["fetch", "--quiet", "--update-shallow", `file://${origin.path}`],
      ...depth === 0
        ? ["--tags", "+refs/heads/*:refs/remotes/origin/*", `+${ref}:${wanted}`]
        : [`--depth=${depth}`, "--no-tags", `+${ref}:${wanted}`],
    );
  } else {
    await lendObjects(`${origin.path}/objects`, `${folder}/.git`);
    await copyIfThere(`${origin.path}/shallow`, `${folder}/.git/shallow`);
    const heads = await origin.git(
      ...["for-each-ref", "--format=%(objectname) refs/remotes/origin/%(refname:lstrip=2)"],
      "refs/heads",
    );
    await Deno.writeTextFile(`${folder}/.git/packed-refs`, `${heads}${commit.trim()} ${wanted}\n`);
  }
  await git("checkout", "--quiet", "--force", "--detach", wanted);
  await Promise.all(links.map((link) => link(folder)));
}
