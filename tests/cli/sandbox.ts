import { headOf } from "../git/temp_repository.ts";
import { type Files, listFiles, type TempFolder, tempFolder } from "../temp_folder.ts";

/** Who commits; no commit starts upkeep or waits for the disk, and no repository has hooks. */
const SETTINGS = [
  ...["user.name=Ada", "user.email=ada@example.org", "maintenance.auto=false", "core.fsync=none"],
  "init.templateDir=",
].flatMap((setting) => ["-c", setting]);

/** This repository's root. */
export const ROOT: string = new URL("../..", import.meta.url).pathname.replace(/\/$/, "");

/** A folder for files and for git that is gone when the test is over. */
export class Sandbox implements TempFolder {
  readonly #folder: TempFolder;

  private constructor(folder: TempFolder) {
    this.#folder = folder;
  }

  /** Its path, without symbolic links. */
  get path(): string {
    return this.#folder.path;
  }

  static async create(files: Files = {}): Promise<Sandbox> {
    return new Sandbox(await tempFolder(files));
  }

  join(path: string): string {
    return `${this.path}/${path}`;
  }

  /** Writes a file, and the folders above it. */
  async write(path: string, text: string): Promise<void> {
    const file = this.join(path);
    await Deno.mkdir(file.slice(0, file.lastIndexOf("/")), { recursive: true });
    await Deno.writeTextFile(file, text);
  }

  read(path: string): Promise<string> {
    return Deno.readTextFile(this.join(path));
  }

  /** Runs git in the folder, whatever the settings of the machine are. */
  async git(...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await new Deno.Command("git", {
      args: [...SETTINGS, ...args],
      cwd: this.path,
      env: { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" },
    }).output();
    if (code !== 0) throw new Error(`git ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
    return new TextDecoder().decode(stdout).trim();
  }

  /** Commits everything that is there. */
  async commit(message: string): Promise<string> {
    await this.git("add", "--all");
    await this.git("commit", "--quiet", "--allow-empty", "--message", message);
    return await headOf(this.path);
  }

  /** Everything in the folder, git's own files aside: paths to texts. */
  async snapshot(): Promise<Readonly<Record<string, string>>> {
    const paths = (await listFiles(this.path)).filter((path) => !path.startsWith(".git/"));
    return Object.fromEntries(
      await Promise.all(paths.map(async (path) => [path, await this.read(path)] as const)),
    );
  }

  [Symbol.asyncDispose](): PromiseLike<void> {
    return this.#folder[Symbol.asyncDispose]();
  }
}

/**
 * Copies an example, `examples/infrastructure` for one. `.hubwright`, which would be a folder of that repository, is
 * a link to what is built here.
 */
export async function copyExample(name = "infrastructure", more: Files = {}): Promise<Sandbox> {
  const example = new URL(`../../examples/${name}`, import.meta.url).pathname;
  const copy = await Sandbox.create(more);
  const paths = await listFiles(example);
  await Promise.all(paths.map(async (path) => {
    await Deno.mkdir(copy.join(path.replace(/[^/]*$/, "")), { recursive: true });
    await Deno.copyFile(`${example}/${path}`, copy.join(path));
  }));
  await Deno.symlink(`${ROOT}/dist`, copy.join(".hubwright"));
  return copy;
}
