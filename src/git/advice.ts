import { UserError } from "../errors.ts";
import { visible } from "../text/visible.ts";
import { runGit } from "./git.ts";

/** The oldest git that knows `rev-parse --end-of-options`. */
const OLDEST = { major: 2, minor: 30 } as const;

/** Says what failed since git complained, and how to fix that; `or` is another way, if there is one. */
export async function gitError(
  repo: string,
  failed: string,
  complaint: string,
  or = "",
): Promise<UserError> {
  const advice = await adviceFor(repo, complaint);
  return new UserError(
    `${failed} ${visible(JSON.stringify(repo))}: ${complaint}; ${advice}${or && `, or ${or}`}`,
  );
}

async function adviceFor(repo: string, complaint: string): Promise<string> {
  const [, owned] = /dubious ownership in repository at '(.+)'/.exec(complaint) ?? [];
  if (owned !== undefined) {
    return `if you trust its owner, run "git config --global --add safe.directory ${owned}"`;
  }
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
