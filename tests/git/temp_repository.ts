import { tempFolder } from "../temp_folder.ts";

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
  // A commit starts no upkeep, which is a process of its own.
  GIT_CONFIG_COUNT: "1",
  GIT_CONFIG_KEY_0: "maintenance.auto",
  GIT_CONFIG_VALUE_0: "false",
};

/** Makes a git repository, empty or by the arguments for git that are given. */
export async function tempRepository(...args: readonly string[]): Promise<TempRepository> {
  const folder = await tempFolder();
  const { path } = folder;
  const git = async (...args: readonly string[]): Promise<string> => {
    const { success, stdout, stderr } = await new Deno.Command("git", {
      args: ["-C", path, ...args],
      env: ENV,
    }).output();
    if (!success) throw new Error(`git ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
    return new TextDecoder().decode(stdout).replace(/\n$/, "");
  };
  await git(...(args.length > 0 ? args : ["init", "--quiet", "--initial-branch=main"]));
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
      // Reading it is quicker than another git.
      const head = await Deno.readTextFile(`${path}/.git/HEAD`);
      const [, ref] = /^ref: (.+)\n/.exec(head) ?? [];
      return (ref === undefined ? head : await Deno.readTextFile(`${path}/.git/${ref}`)).trim();
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}
