/**
 * A git repository in a temporary folder.
 *
 * @module
 */

/** A git repository in a temporary folder. */
export class TemporaryRepository {
  /** Where it is. */
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /** Makes an empty repository. */
  static async create(prefix: string): Promise<TemporaryRepository> {
    const repository = new TemporaryRepository(await Deno.makeTempDir({ prefix }));
    await repository.git("init", "--quiet", "--initial-branch=main");
    return repository;
  }

  /**
   * Runs git in the repository, without the settings of this machine.
   *
   * @throws {Error} Where git fails.
   */
  async git(...args: readonly string[]): Promise<void> {
    const { success, stderr } = await new Deno.Command("git", {
      args: ["-C", this.path, "-c", "user.name=hubwright", "-c", "user.email=", ...args],
      env: { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" },
    }).output();
    if (!success) throw new Error(`git ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
  }

  /** Commits everything. */
  async commit(message: string): Promise<void> {
    await this.git("add", "--all");
    await this.git("commit", "--quiet", "--allow-empty", `--message=${message}`);
  }

  /** Appends a line to a file, which is made where it is not there. */
  async append(path: string, line: string): Promise<void> {
    await Deno.writeTextFile(`${this.path}/${path}`, `${line}\n`, { append: true });
  }

  /** Removes the repository. */
  async remove(): Promise<void> {
    await Deno.remove(this.path, { recursive: true });
  }
}
