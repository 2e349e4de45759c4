import { runGit } from "./git.ts";

/**
 * When commits were committed, as ISO 8601 dates with their times; what the clone does not have is
 * left out.
 */
export async function commitDates(
  repo: string,
  commits: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { text } = await runGit(repo, [
    ...["log", "--no-walk", "--ignore-missing", "--no-show-signature", "--format=%H %cI"],
    ...[...new Set(commits), "--"],
  ]);
  const lines = text.trim().split("\n").filter((line) => line !== "");
  return new Map(lines.map((line) => line.split(" ") as [string, string]));
}

/** How far two commits are apart in first-parent history. */
export interface Distance {
  /** How many commits the second has and the first lacks. */
  readonly ahead: number;
  /** How many commits the first has and the second lacks. */
  readonly behind: number;
}

/** Tells how far two commits are apart; `undefined` where the clone lacks one. */
export async function distanceBetween(
  repo: string,
  first: string,
  second: string,
): Promise<Distance | undefined> {
  const range = `${first}...${second}`;
  const args = ["rev-list", "--first-parent", "--left-right", "--count", range, "--"];
  const { ok, text } = await runGit(repo, args);
  const [behind = NaN, ahead = NaN] = ok ? text.trim().split(/\s+/).map(Number) : [];
  return Number.isNaN(ahead) ? undefined : { ahead, behind };
}
