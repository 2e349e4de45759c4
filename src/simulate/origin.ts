import { UserError } from "../errors.ts";
import { commitOf } from "../git/commits.ts";
import { type GitResult, runGit, splitNul } from "../git/git.ts";
import { ifThere } from "./if_there.ts";

/**
 * No settings but git's own, GitHub as the author of merge commits, and refs in files that are
 * written here, whatever a git prefers.
 */
const BARE = {
  GIT_DEFAULT_REF_FORMAT: "files",
  GIT_AUTHOR_NAME: "GitHub",
  GIT_AUTHOR_EMAIL: "noreply@github.com",
  GIT_COMMITTER_NAME: "GitHub",
  GIT_COMMITTER_EMAIL: "noreply@github.com",
  GIT_AUTHOR_DATE: "2026-01-01T00:00:00Z",
  GIT_COMMITTER_DATE: "2026-01-01T00:00:00Z",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
};

/**
 * What GitHub has of a repository: a bare repository that borrows the objects of the real one and
 * never writes to it.
 */
export class Origin {
  /** The commits of its refs, which nothing else sets. */
  readonly #refs = new Map<string, string>();
  readonly #ancestry = new Map<string, Promise<boolean>>();

  private constructor(readonly path: string, readonly repo: string, readonly format: string) {}

  static async create(repo: string, path: string): Promise<Origin> {
    const found = await runGit(repo, [
      ...["rev-parse", "--show-prefix", "--show-object-format", "--path-format=absolute"],
      ...["--git-path", "objects", "--git-path", "shallow"],
    ]);
    const cannot = `Cannot simulate in ${JSON.stringify(repo)}`;
    if (!found.ok) throw new UserError(`${cannot}: ${found.complaint}; run in a git repository`);
    const [below, format = "", objects = "", shallow = ""] = found.text.split("\n");
    if (below !== "") {
      throw new UserError(
        `${cannot}: expected the root of a git repository, where GitHub looks for workflows`,
      );
    }
    const origin = new Origin(path, repo, format);
    await Deno.mkdir(path, { recursive: true });
    await origin.git("init", "--quiet", "--bare", "--template=", `--object-format=${format}`);
    await Deno.writeTextFile(`${path}/objects/info/alternates`, `${objects}\n`);
    const boundary = await ifThere(Deno.readTextFile(shallow));
    if (boundary !== undefined) await Deno.writeTextFile(`${path}/shallow`, boundary);
    return origin;
  }

  /** The commit of a ref, or of a commit's own name; `undefined` where there is none. */
  async commitOf(ref: string): Promise<string | undefined> {
    return this.#refs.get(ref) ?? this.#named(ref) ??
      (await this.try("rev-parse", "--verify", "--quiet", `${ref}^{commit}`))?.trim();
  }

  /** The commit that the user names by an option. */
  async namedCommit(option: string, ref: string): Promise<string> {
    return this.#named(ref) ?? await commitOf(this.repo, option, ref);
  }

  /** The commit of its own name, where one of the refs is at it. */
  #named(commit: string): string | undefined {
    return this.#refs.values().find((known) => known === commit);
  }

  /** The branches as a clone has them in its `packed-refs`. */
  heads(): string {
    const lines = [...this.#refs].map(([ref, commit]) =>
      ref.startsWith("refs/heads/") ? `${commit} ${ref.replace("heads", "remotes/origin")}\n` : ""
    );
    return lines.join("");
  }

  /** Sets refs without git, which would need a process for each. */
  async setRefs(refs: Readonly<Record<string, string>>): Promise<void> {
    const moved = Object.entries(refs).filter(([ref, commit]) => this.#refs.get(ref) !== commit);
    if (moved.length === 0) return;
    for (const [ref, commit] of moved) this.#refs.set(ref, commit);
    const lines = [...this.#refs].map(([ref, commit]) => `${commit} ${ref}\n`);
    await Deno.writeTextFile(`${this.path}/packed-refs`, lines.join(""));
  }

  /** Merges a pull request as GitHub does: the first parent is the base. */
  async merge(base: string, head: string): Promise<string> {
    const tree = await this.try("merge-tree", "--write-tree", "--no-messages", base, head);
    if (tree === undefined) {
      throw new UserError(
        "Cannot simulate a change that conflicts with its base: GitHub starts no run for it",
      );
    }
    const parents = ["-p", base, "-p", head];
    const message = `Merge ${head} into ${base}`;
    return (await this.git("commit-tree", ...parents, "-m", message, tree.trim())).trim();
  }

  /** Commits the files on disk, on top of what is checked out. */
  async commitWorktree(): Promise<string> {
    const env = {
      GIT_DIR: this.path,
      GIT_WORK_TREE: await Deno.realPath(this.repo),
      GIT_INDEX_FILE: `${this.path}/worktree-index`,
    };
    const git = async (...args: readonly string[]) => {
      const { ok, text, complaint } = await runGit(this.repo, args, { env: { ...BARE, ...env } });
      if (!ok) throw new UserError(`Cannot simulate what is not committed: ${complaint}`);
      return text.trim();
    };
    const head = await commitOf(this.repo, "--head", "HEAD");
    await git("read-tree", head);
    await git("add", "--all", "--", ".");
    return await git("commit-tree", "-p", head, "-m", "Files on disk", await git("write-tree"));
  }

  /**
   * The paths that differ, in any way, between two commits, as GitHub compares them for its path
   * filters: a push directly, a pull request from where it forked off.
   */
  async changed(base: string, head: string, dots: ".." | "..."): Promise<readonly string[]> {
    const range = `${base}${dots}${head}`;
    return splitNul(await this.git("diff", "--name-only", "-z", "--no-renames", range));
  }

  /** Whether a commit is another, or comes before it. */
  isAncestor(base: string, head: string): Promise<boolean> {
    const key = `${base} ${head}`;
    const known = this.#ancestry.get(key) ??
      this.try("merge-base", "--is-ancestor", base, head).then((found) => found !== undefined);
    this.#ancestry.set(key, known);
    return known;
  }

  /** Runs git in the bare repository, whatever the settings of the user are. */
  async git(...args: readonly string[]): Promise<string> {
    const { ok, text, complaint } = await bareGit(this.path, args);
    if (!ok) throw new UserError(`Cannot simulate: git ${args.join(" ")}: ${complaint}`);
    return text;
  }

  /** As `git`, but `undefined` where git fails. */
  async try(...args: readonly string[]): Promise<string | undefined> {
    const result = await bareGit(this.path, args);
    return result.ok ? result.text : undefined;
  }
}

/** Runs git with no settings but its own. */
export function bareGit(folder: string, args: readonly string[]): Promise<GitResult> {
  return runGit(folder, args, { env: BARE });
}
