import { UserError } from "../errors.ts";
import { runGit } from "../git/run_git.ts";

/** Who makes the merge commit of a pull request. */
const GITHUB = {
  GIT_AUTHOR_NAME: "GitHub",
  GIT_AUTHOR_EMAIL: "noreply@github.com",
  GIT_COMMITTER_NAME: "GitHub",
  GIT_COMMITTER_EMAIL: "noreply@github.com",
  GIT_AUTHOR_DATE: "2026-01-01T00:00:00Z",
  GIT_COMMITTER_DATE: "2026-01-01T00:00:00Z",
};

/**
 * What GitHub has of a repository: a bare repository that borrows the objects of the real one and
 * never writes to it.
 */
export class Origin {
  /** Its folder. */
  readonly path: string;
  /** The real repository's root. */
  readonly repo: string;

  private constructor(path: string, repo: string) {
    this.path = path;
    this.repo = repo;
  }

  /**
   * Makes the bare repository.
   *
   * @throws {UserError} Where the folder is not the root of a git repository.
   */
  static async create(repo: string, path: string): Promise<Origin> {
    const prefix = await runGit(repo, ["rev-parse", "--show-prefix", "--show-object-format"]);
    if (!prefix.ok) {
      throw new UserError(
        `Cannot simulate in ${JSON.stringify(repo)}: ${prefix.complaint}; run in a git repository`,
      );
    }
    const [below, format = "sha1"] = text(prefix.output).split("\n");
    if (below !== "") {
      throw new UserError(
        `Cannot simulate in ${
          JSON.stringify(repo)
        }: expected the root of a git repository, where ` +
          "GitHub looks for workflows",
      );
    }
    const origin = new Origin(path, repo);
    await origin.git("init", "--quiet", "--bare", `--object-format=${format}`, path);
    const [objects = "", shallow = ""] = await Promise.all(
      ["objects", "shallow"].map(async (name) =>
        text(
          (await runGit(repo, ["rev-parse", "--path-format=absolute", "--git-path", name])).output,
        )
          .trimEnd()
      ),
    );
    await Deno.writeTextFile(`${path}/objects/info/alternates`, `${objects}\n`);
    await Deno.copyFile(shallow, `${path}/shallow`).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
    return origin;
  }

  /**
   * The commit that a name stands for in the real repository.
   *
   * @throws {UserError} Where git knows no such commit.
   */
  async commitOf(option: string, ref: string): Promise<string> {
    const found = await runGit(this.repo, [
      "rev-parse",
      "--verify",
      "--quiet",
      "--end-of-options",
      `${ref}^{commit}`,
    ]);
    if (found.ok) return text(found.output).trim();
    throw new UserError(
      `Cannot find the commit ${option} ${JSON.stringify(ref)}: expected a branch, a tag or a ` +
        "commit that git knows",
    );
  }

  /** Points a ref at a commit. */
  async setRef(ref: string, commit: string): Promise<void> {
    await this.git("update-ref", ref, commit);
  }

  /**
   * Merges a pull request as GitHub does for its check: the first parent is the base.
   *
   * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows#pull_request}
   * @throws {UserError} Where they conflict: GitHub starts no run then.
   */
  async merge(base: string, head: string): Promise<string> {
    const tree = await this.try("merge-tree", "--write-tree", "--no-messages", base, head);
    if (tree === undefined) {
      throw new UserError(
        "Cannot simulate a pull request that conflicts with its base: GitHub starts no run for it",
      );
    }
    const parents = ["-p", base, "-p", head];
    return await this.git("commit-tree", ...parents, "-m", `Merge ${head} into ${base}`, tree);
  }

  /**
   * The paths that differ, in any way, between two commits, as GitHub compares them for its path
   * filters: a push directly, a pull request from where it forked off.
   *
   * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#git-diff-comparisons}
   */
  async changed(base: string, head: string, dots: ".." | "..."): Promise<readonly string[]> {
    const names = await this.git(
      "diff",
      "--name-only",
      "-z",
      "--no-renames",
      `${base}${dots}${head}`,
    );
    return names.split("\0").filter((name) => name !== "");
  }

  /** Whether a commit comes before another. */
  async isAncestor(base: string, head: string): Promise<boolean> {
    return await this.try("merge-base", "--is-ancestor", base, head) !== undefined;
  }

  /** The generated workflows of a commit. */
  async workflows(commit: string): Promise<readonly { path: string; text: string }[]> {
    const folder = ".github/workflows/";
    const names = await this.git("ls-tree", "-z", "--name-only", commit, folder);
    const paths = names.split("\0").filter((name) => /\.ya?ml$/.test(name)).sort();
    return await Promise.all(paths.map(async (path) => ({
      path,
      text: await this.git("cat-file", "blob", `${commit}:${path}`),
    })));
  }

  /**
   * Runs git in the bare repository, whatever the settings of the user are.
   *
   * @throws {Error} Where git fails.
   */
  async git(...args: readonly string[]): Promise<string> {
    const { success, out, complaint } = await bareGit(this.path, args);
    if (!success) throw new UserError(`Cannot simulate: git ${args.join(" ")}: ${complaint}`);
    return out;
  }

  /** As `git`, but `undefined` where git fails. */
  async try(...args: readonly string[]): Promise<string | undefined> {
    const { success, out } = await bareGit(this.path, args);
    return success ? out : undefined;
  }
}

/** Runs git with no settings but its own. */
export async function bareGit(
  folder: string,
  args: readonly string[],
): Promise<{ readonly success: boolean; readonly out: string; readonly complaint: string }> {
  const { success, stdout, stderr } = await new Deno.Command("git", {
    args: args[0] === "init" ? [...args] : ["-C", folder, ...args],
    env: {
      ...GITHUB,
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_TERMINAL_PROMPT: "0",
      LC_ALL: "C",
    },
    stdin: "null",
  }).output();
  return { success, out: text(stdout).replace(/\n+$/, ""), complaint: text(stderr).trim() };
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
