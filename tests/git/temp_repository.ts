import { type Files, listFiles, type TempFolder, tempFolder } from "../temp_folder.ts";

/** A git repository that is gone when the test is over. */
export interface TempRepository extends AsyncDisposable {
  /** The folder's path. */
  readonly path: string;
  /** Runs git in the repository. */
  readonly git: (...args: readonly string[]) => Promise<string>;
  /** Writes files and commits everything that is there. */
  readonly commit: (files: Readonly<Record<string, string | null>>) => Promise<string>;
}

/** No setting of the machine or the user decides how a test ends. */
const ENV = {
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_AUTHOR_NAME: "Test",
  GIT_AUTHOR_EMAIL: "test@example.org",
  GIT_AUTHOR_DATE: "2026-01-01T00:00:00Z",
  GIT_COMMITTER_NAME: "Test",
  GIT_COMMITTER_EMAIL: "test@example.org",
  GIT_COMMITTER_DATE: "2026-01-01T00:00:00Z",
  GIT_ALLOW_PROTOCOL: "file",
  // A commit starts no upkeep, which is a process of its own, and waits for no disk.
  GIT_CONFIG_COUNT: "2",
  GIT_CONFIG_KEY_0: "maintenance.auto",
  GIT_CONFIG_VALUE_0: "false",
  GIT_CONFIG_KEY_1: "core.fsync",
  GIT_CONFIG_VALUE_1: "none",
};

/** What `git init` leaves, without a process and without examples of hooks. */
export const EMPTY_REPOSITORY = {
  ".git/HEAD": "ref: refs/heads/main\n",
  ".git/objects/": "",
  ".git/refs/heads/": "",
};

/** Makes a git repository, empty or by the arguments for git that are given. */
export async function tempRepository(...args: readonly string[]): Promise<TempRepository> {
  const repository = repositoryIn(await tempFolder(args.length > 0 ? {} : EMPTY_REPOSITORY));
  if (args.length > 0) await repository.git(...args);
  return repository;
}

function repositoryIn(folder: TempFolder): TempRepository {
  const { path } = folder;
  const git = async (...args: readonly string[]): Promise<string> => {
    const { success, code, stdout, stderr } = await new Deno.Command("git", {
      args: ["-C", path, ...args],
      env: ENV,
    }).output();
    if (!success) {
      throw new Error(`git ${args.join(" ")}: ${code}, ${new TextDecoder().decode(stderr)}`);
    }
    return new TextDecoder().decode(stdout).replace(/\n$/, "");
  };
  return {
    path,
    git,
    commit: async (files) => {
      await Promise.all(
        Object.entries(files).map(async ([name, text]) => {
          const file = `${path}/${name}`;
          if (text === null) return await Deno.remove(file);
          await Deno.mkdir(file.slice(0, file.lastIndexOf("/")), { recursive: true });
          await Deno.writeTextFile(file, text);
        }),
      );
      await git("add", "--all", "--force");
      await git("commit", "--quiet", "--allow-empty", "--no-verify", "--message=change");
      return await headOf(path);
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

/** The commit that is checked out: reading it is quicker than another git. */
export async function headOf(path: string): Promise<string> {
  const head = await Deno.readTextFile(`${path}/.git/HEAD`);
  const [, ref] = /^ref: (.+)\n/.exec(head) ?? [];
  return (ref === undefined ? head : await Deno.readTextFile(`${path}/.git/${ref}`)).trim();
}

/** What one commit after the other does to files. */
export type Commits = readonly Readonly<Record<string, string | null>>[];

const trees = new Map<string, Promise<Files>>();

/** The files after some commits, and git's own: it makes the same commits once. */
export function committedFiles(...commits: Commits): Promise<Files> {
  const key = JSON.stringify(commits);
  const files = trees.get(key) ?? (async () => {
    await using repository = await tempRepository();
    for (const files of commits) await repository.commit(files);
    const { path } = repository;
    const read = async (name: string) => [name, await Deno.readFile(`${path}/${name}`)] as const;
    return Object.fromEntries(await Promise.all((await listFiles(path)).map(read)));
  })();
  trees.set(key, files);
  return files;
}

/** The last of some commits. */
export async function commitOf(...commits: Commits): Promise<string> {
  const { ".git/refs/heads/main": commit } = await committedFiles(...commits);
  return new TextDecoder().decode(commit as Uint8Array<ArrayBuffer>).trim();
}

/** Makes a git repository with some commits. */
export async function repositoryOf(...commits: Commits): Promise<TempRepository> {
  return repositoryIn(await tempFolder(await committedFiles(...commits)));
}
