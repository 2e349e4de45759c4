import micromatch from "micromatch";

/**
 * Whether a path pattern of a workflow matches a path, as GitHub documents it in the filter
 * pattern cheat sheet: micromatch with dotfiles, except where the sheet has it otherwise. `docs/**`
 * is "any files in the docs directory", so never a file that is itself called `docs`, which
 * micromatch takes for a folder. And `*` is "zero or more characters", so `*.*` is also `a.`, for
 * which micromatch's shortcut (`fastpaths`) wants a character after the dot.
 */
export function githubMatches(path: string, glob: string): boolean {
  const below = glob.endsWith("/**") ? `${glob}/*` : glob;
  return isMatch(path, below, { dot: true, fastpaths: false });
}

// The package has no types of its own.
const isMatch: (
  path: string,
  glob: string,
  options: { dot: boolean; fastpaths: boolean },
) => boolean = micromatch.isMatch;

/**
 * Whether a changed path starts a workflow with these path filters: GitHub reads the patterns from
 * top to bottom and the last one that matches decides, `!` standing for exclusion.
 */
export function githubTriggers(paths: readonly string[], path: string): boolean {
  let included = false;
  for (const pattern of paths) {
    const excludes = pattern.startsWith("!");
    if (githubMatches(path, excludes ? pattern.slice(1) : pattern)) included = !excludes;
  }
  return included;
}
