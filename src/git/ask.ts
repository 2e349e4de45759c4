import { UserError } from "../errors.ts";
import { visible } from "../text/visible.ts";
import { type GitOptions, runGit } from "./git.ts";

/** The oldest git that knows `rev-parse --end-of-options`. */
const OLDEST = "2.30";

export interface Purpose extends GitOptions {
  /** What failed if git does, for instance "Cannot read the history of". */
  readonly failed: string;
}

export async function askGit(
  repo: string,
  args: readonly string[],
  purpose: Purpose,
): Promise<string> {
  const { ok, text, complaint } = await runGit(repo, args, purpose);
  if (!ok) throw await gitError(repo, purpose, complaint);
  return text;
}

export async function gitError(
  repo: string,
  { failed, or }: Purpose,
  complaint: string,
): Promise<UserError> {
  const [, owned] = /dubious ownership in repository at '(.+)'/.exec(complaint) ?? [];
  const isElsewhere = /^(?:not a git repository|cannot change to) /.test(complaint);
  const advice = owned !== undefined
    ? `if you trust its owner, run "git config --global --add safe.directory ${owned}"`
    : isElsewhere
    ? "run in a git repository"
    : await tooOld(repo) ?? 'look for damage with "git fsck"';
  const instead = owned !== undefined || or === undefined ? "" : `, or ${or}`;
  const where = visible(JSON.stringify(repo));
  return new UserError(`${failed} ${where}: ${complaint}; ${advice}${instead}`);
}

export async function tooOld(repo: string): Promise<string | undefined> {
  const { text } = await runGit(repo, ["version"]);
  const [version = OLDEST] = /\d+\.\d+[\d.]*/.exec(text) ?? [];
  return version.localeCompare(OLDEST, "en", { numeric: true }) < 0
    ? `expected git ${OLDEST} or newer, found ${version}: install a newer one`
    : undefined;
}
