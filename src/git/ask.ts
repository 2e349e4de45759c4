import { UserError } from "../errors.ts";
import { visible } from "../text/visible.ts";
import { type GitOptions, runGit } from "./git.ts";

/** The oldest git that knows `rev-parse --end-of-options`. */
const OLDEST = { major: 2, minor: 30 } as const;

/** What git is asked for, for messages. */
export interface Purpose extends GitOptions {
  /** What failed if git does, for instance "Cannot read the history of". */
  readonly failed: string;
}

/** Gives what git prints. */
export async function askGit(
  repo: string,
  args: readonly string[],
  purpose: Purpose,
): Promise<string> {
  const { ok, text, complaint } = await runGit(repo, args, purpose);
  if (!ok) throw await gitError(repo, purpose, complaint);
  return text;
}

/** Says what failed since git complained, and how to fix that. */
export async function gitError(
  repo: string,
  { failed, or }: Purpose,
  complaint: string,
): Promise<UserError> {
  const [, owned] = /dubious ownership in repository at '(.+)'/.exec(complaint) ?? [];
  const advice = owned === undefined
    ? `${await adviceFor(repo, complaint)}${or === undefined ? "" : `, or ${or}`}`
    : `if you trust its owner, run "git config --global --add safe.directory ${owned}"`;
  return new UserError(`${failed} ${visible(JSON.stringify(repo))}: ${complaint}; ${advice}`);
}

async function adviceFor(repo: string, complaint: string): Promise<string> {
  if (/^(?:not a git repository|cannot change to) /.test(complaint)) {
    return "run in a git repository";
  }
  return await tooOld(repo) ?? 'look for damage with "git fsck"';
}

/** Says where git is too old for hubwright. */
export async function tooOld(repo: string): Promise<string | undefined> {
  const { text } = await runGit(repo, ["version"]);
  const [version, major, minor] = /(\d+)\.(\d+)[\d.]*/.exec(text) ?? [];
  const old = Number(major) < OLDEST.major ||
    Number(major) === OLDEST.major && Number(minor) < OLDEST.minor;
  return old
    ? `expected git ${OLDEST.major}.${OLDEST.minor} or newer, found ${version}: install a newer one`
    : undefined;
}
