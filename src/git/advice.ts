import { UserError } from "../errors.ts";
import { visible } from "../text/visible.ts";
import { runGit } from "./git.ts";

/** The oldest git that knows `rev-parse --end-of-options`. */
const OLDEST = { major: 2, minor: 30 } as const;

/** What git is asked for, for messages. */
export interface Purpose {
  /** What failed if git does, for instance "Cannot read the history of". */
  readonly failed: string;
  /** How to do without git, if that is possible. */
  readonly or?: string;
}

/** Says what failed since git complained, and how to fix that. */
export async function gitError(
  repo: string,
  { failed, or }: Purpose,
  complaint: string,
): Promise<UserError> {
  const advice = distrustAdvice(complaint) ??
    `${await adviceFor(repo, complaint)}${or === undefined ? "" : `, or ${or}`}`;
  return new UserError(`${failed} ${visible(JSON.stringify(repo))}: ${complaint}; ${advice}`);
}

/** How to trust a repository that belongs to someone else. */
function distrustAdvice(complaint: string): string | undefined {
  const [, owned] = /dubious ownership in repository at '(.+)'/.exec(complaint) ?? [];
  return owned && `if you trust its owner, run "git config --global --add safe.directory ${owned}"`;
}

async function adviceFor(repo: string, complaint: string): Promise<string> {
  if (/^(?:not a git repository|cannot change to) /.test(complaint)) {
    return "run in a git repository";
  }
  return await tooOld(repo) ?? 'look for damage with "git fsck"';
}

/** Says where git is too old for hubwright. */
export async function tooOld(repo: string): Promise<string | undefined> {
  const { ok, text } = await runGit(repo, ["version"]);
  const [version, major, minor] = /(\d+)\.(\d+)[\d.]*/.exec(ok ? text : "") ?? [];
  const old = Number(major) < OLDEST.major ||
    Number(major) === OLDEST.major && Number(minor) < OLDEST.minor;
  return old
    ? `expected git ${OLDEST.major}.${OLDEST.minor} or newer, found ${version}: install a newer one`
    : undefined;
}
