import { UserError } from "../errors.ts";
import { visible } from "../text/visible.ts";
import { ByteStream } from "./byte_stream.ts";
import { runGit } from "./run_git.ts";
import { startGit } from "./start_git.ts";

const LINE_FEED = 10;

/** Someone who waits for an object. */
interface Waiting {
  readonly resolve: (bytes: Uint8Array | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Reads objects of a git repository, all of them through one
 * {@link https://git-scm.com/docs/git-cat-file#_batch_output `git cat-file --batch`}. Several may
 * be asked for at a time; git answers in that order.
 */
export class ObjectReader implements AsyncDisposable {
  readonly #repo: string;
  readonly #git: Deno.ChildProcess;
  readonly #requests: WritableStreamDefaultWriter<Uint8Array>;
  readonly #answers: ByteStream;
  readonly #complaint: Promise<string>;
  readonly #waiting: Waiting[] = [];
  #unsent = "";
  #sending: Promise<void> | undefined;
  #receiving: Promise<void> | undefined;
  #failure: UserError | undefined;

  private constructor(repo: string, git: Deno.ChildProcess) {
    this.#repo = repo;
    this.#git = git;
    this.#requests = git.stdin.getWriter();
    this.#answers = new ByteStream(git.stdout);
    this.#complaint = new Response(git.stderr).text();
  }

  /**
   * Starts git.
   *
   * @throws {UserError} Where git cannot be started; whether this is a repository shows when an
   * object is read.
   */
  static start(repo: string): ObjectReader {
    return new ObjectReader(repo, startGit(repo, ["cat-file", "--batch"], "piped"));
  }

  /**
   * Reads an object.
   *
   * @throws {UserError} Where git stops before it has answered.
   */
  async read(name: string): Promise<Uint8Array | undefined> {
    const request = /[\0\r\n]/.test(name) ? await this.#idOf(name) : name;
    if (request === undefined) return undefined;
    if (this.#failure !== undefined) throw this.#failure;
    return await new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#unsent += `${request}\n`;
      this.#sending ??= this.#send();
      this.#receiving ??= this.#receive();
    });
  }

  /**
   * Reads an object that is text.
   *
   * @throws {UserError} Where git stops before it has answered.
   */
  async readText(name: string): Promise<string | undefined> {
    const bytes = await this.read(name);
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  }

  /** Lets git answer what was asked, and end. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#sending;
    await this.#receiving;
    // Git may have gone first.
    await this.#requests.close().catch(() => {});
    await this.#answers[Symbol.asyncDispose]();
    await Promise.all([this.#complaint, this.#git.status]);
  }

  /** A request is a line, so what a name with a line break stands for is asked apart. */
  async #idOf(name: string): Promise<string | undefined> {
    if (name.includes("\0")) return undefined;
    const { ok, output } = await runGit(this.#repo, [
      ...["rev-parse", "--verify", "--quiet", "--end-of-options", name],
    ]);
    return ok ? new TextDecoder().decode(output).trim() : undefined;
  }

  async #send(): Promise<void> {
    // What else is asked for before this goes on is sent at once.
    await Promise.resolve();
    while (this.#unsent !== "") {
      const lines = new TextEncoder().encode(this.#unsent);
      this.#unsent = "";
      // Where git is gone its answers end too, and with them whoever waits hears of it.
      await this.#requests.write(lines).catch(() => {});
    }
    this.#sending = undefined;
  }

  async #receive(): Promise<void> {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      const answer = await this.#answer();
      if (answer === "none") return await this.#fail();
      this.#waiting.shift();
      next.resolve(answer);
    }
    this.#receiving = undefined;
  }

  async #answer(): Promise<Uint8Array | undefined | "none"> {
    const line = await this.#answers.takeUntil(LINE_FEED);
    if (line === undefined) return "none";
    const size = /^[0-9a-f]{40,64} [a-z]+ (\d+)$/.exec(new TextDecoder().decode(line))?.[1];
    // Every other answer is a line alone: the object is missing, or its name stands for several.
    if (size === undefined) return undefined;
    const bytes = await this.#answers.take(Number(size));
    const end = await this.#answers.take(1);
    return bytes === undefined || end === undefined ? "none" : bytes;
  }

  async #fail(): Promise<void> {
    const [first = ""] = (await this.#complaint).split("\n");
    const { code, signal } = await this.#git.status;
    const how = signal === null ? `it ended with exit code ${code}` : `${signal} ended it`;
    const complaint = visible(first.replace(/^fatal: /, "")) || how;
    this.#failure = new UserError(`Cannot read an object from git: ${complaint}`);
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failure);
  }
}
