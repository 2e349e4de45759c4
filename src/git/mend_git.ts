import { runGit } from "./run_git.ts";

/** The oldest git that knows `rev-parse --end-of-options`. */
const OLDEST = { major: 2, minor: 30 } as const;

const INSTEAD = "give the changed files with --changed-files or --changed-files-from";

/** Says how to mend what git complains about. */
export async function mendGit(
  repo: string,
  complaint: string,
  otherwise = `, or ${INSTEAD}`,
): Promise<string> {
  const [, owned] = /dubious ownership in repository at '(.+)'/.exec(complaint) ?? [];
  if (owned !== undefined) {
    return `if you trust who owns it, run "git config --global --add safe.directory ${owned}"`;
  }
  const mend = /^(?:not a git repository|cannot change to) /.test(complaint)
    ? "run in a git repository"
    : await tooOld(repo) ?? 'look for damage with "git fsck"';
  return `${mend}${otherwise}`;
}

/** Says where git is too old for hubwright. */
export async function tooOld(repo: string): Promise<string | undefined> {
  const { ok, output } = await runGit(repo, ["version"]);
  const [version, major, minor] =
    /(\d+)\.(\d+)[\d.]*/.exec(ok ? new TextDecoder().decode(output) : "") ?? [];
  const old = Number(major) < OLDEST.major ||
    Number(major) === OLDEST.major && Number(minor) < OLDEST.minor;
  return old
    ? `expected git ${OLDEST.major}.${OLDEST.minor} or newer, found ${version}: install a newer one`
    : undefined;
}
