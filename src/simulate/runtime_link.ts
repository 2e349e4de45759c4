import { ifThere } from "./if_there.ts";

/** Puts hubwright into a checkout that lacks it. */
export type RuntimeLink = (workspace: string) => Promise<void>;

/**
 * Finds the folders of the repository that the config's `runtime` names, such as
 * `.hubwright/hubwright.js`. Where a commit does not hold one, or holds a link that leads nowhere
 * from a checkout, the one that is in the repository now takes its place.
 */
export async function runtimeLinks(
  repo: string,
  runtime: readonly string[],
): Promise<readonly RuntimeLink[]> {
  const found = await Promise.all(runtime.map(async (word) => {
    if (!/^[\w.-]+\//.test(word) || !await exists(`${repo}/${word}`)) return [];
    const [folder = ""] = word.split("/");
    const target = await Deno.realPath(`${repo}/${folder}`);
    return [async (workspace: string) => {
      if (await exists(`${workspace}/${word}`)) return;
      await ifThere(Deno.remove(`${workspace}/${folder}`));
      await Deno.symlink(target, `${workspace}/${folder}`);
    }];
  }));
  return found.flat();
}

async function exists(path: string): Promise<boolean> {
  return await ifThere(Deno.stat(path)) !== undefined;
}
