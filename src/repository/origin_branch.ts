import type { Settings } from "../config/settings.ts";
import type { Problem } from "../errors.ts";

/**
 * Says where a clone knows origin's default branch to be another than the workflows are for, which
 * would then never run. A clone that does not know it, as in a workflow, says nothing.
 */
export async function otherDefaultBranch(
  repo: string,
  { defaultBranch, file }: Pick<Settings, "defaultBranch" | "file">,
): Promise<Problem | undefined> {
  const head = await Deno.readTextFile(`${repo}/.git/refs/remotes/origin/HEAD`).catch(() => "");
  const [, branch = defaultBranch] = /^ref: refs\/remotes\/origin\/(.+)\n?$/.exec(head) ?? [];
  if (branch === defaultBranch) return undefined;
  const [ours, theirs] = [defaultBranch, branch].map((name) => JSON.stringify(name));
  const message = `Cannot expect a run: the workflows are for the branch ${ours}, and origin's ` +
    `default branch is ${theirs}; write defaultBranch: ${theirs} in the config, or run "git ` +
    'remote set-head origin --auto" where origin has changed it';
  return { file, message };
}
