import { UserError } from "../errors.ts";
import { ByteStream } from "./byte_stream.ts";
import { complaintOf, runGit, startGit } from "./git.ts";

const LINE_FEED = 10;

/** A request that git has not answered yet. */
interface Waiting {
  readonly resolve: (bytes: Uint8Array | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Reads objects of a git repository, all of them through one
 * {@link https://git-scm.com/docs/git-cat-file#_batch_output `git cat-file --batch`}, which starts
 * with the first request. There may be many at a time; git answers in order.
 */
export class ObjectReader implements AsyncDisposable {
  readonly #repo: string;
  readonly #waiting: Waiting[] = [];
  #git: Git | undefined;
  #unsent = "";
  #sending: Promise<void> | undefined;
  #receiving: Promise<void> | undefined;
  #failure: UserError | undefined;

  constructor(repo: string) {
    this.#repo = repo;
  }

  /**
   * Reads an object.
   *
   * @throws {UserError} Where git cannot be started, or stops before it has answered.
   */
  async read(name: string): Promise<Uint8Array | undefined> {
    const request = /[\0\r\n]/.test(name) ? await this.#idOf(name) : name;
    if (request === undefined) return undefined;
    if (this.#failure !== undefined) throw this.#failure;
    const git = this.#git ??= openGit(this.#repo);
    return await new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#unsent += `${request}\n`;
      this.#sending ??= this.#send(git);
      this.#receiving ??= this.#receive(git);
    });
  }

  /**
   * Reads an object that is text.
   *
   * @throws {UserError} Where git cannot be started, or stops before it has answered.
   */
  async readText(name: string): Promise<string | undefined> {
    const bytes = await this.read(name);
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  }

  /** Lets git answer what was asked, and end. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#git === undefined) return;
    await this.#sending;
    await this.#receiving;
    const { requests, answers, complaint, process } = this.#git;
    // Git may have ended first.
    await requests.close().catch(() => {});
    await answers[Symbol.asyncDispose]();
    await Promise.all([complaint, process.status]);
  }

  /** A request is one line, so a name with a line break is looked up separately. */
  async #idOf(name: string): Promise<string | undefined> {
    if (name.includes("\0")) return undefined;
    const { ok, text } = await runGit(this.#repo, [
      ...["rev-parse", "--verify", "--quiet", "--end-of-options", name],
    ]);
    return ok ? text.trim() : undefined;
  }

  async #send({ requests }: Git): Promise<void> {
    // Requests that are made meanwhile are sent together.
    await Promise.resolve();
    while (this.#unsent !== "") {
      const lines = new TextEncoder().encode(this.#unsent);
      this.#unsent = "";
      // Where git has ended, its answers end too, and every waiting request fails.
      await requests.write(lines).catch(() => {});
    }
    this.#sending = undefined;
  }

  async #receive(git: Git): Promise<void> {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      const answer = await readAnswer(git);
      if (answer === "end") return await this.#fail(git);
      this.#waiting.shift();
      next.resolve(answer);
    }
    this.#receiving = undefined;
  }

  async #fail({ complaint, process }: Git): Promise<void> {
    const why = complaintOf(await complaint, await process.status);
    this.#failure = new UserError(`Cannot read an object from git: ${why}`);
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failure);
  }
}

/** A git that reads objects. */
interface Git {
  readonly process: Deno.ChildProcess;
  readonly requests: WritableStreamDefaultWriter<Uint8Array>;
  readonly answers: ByteStream;
  readonly complaint: Promise<string>;
}

function openGit(repo: string): Git {
  const process = startGit(repo, ["cat-file", "--batch"], "piped");
  return {
    process,
    requests: process.stdin.getWriter(),
    answers: new ByteStream(process.stdout),
    complaint: new Response(process.stderr).text(),
  };
}

async function readAnswer({ answers }: Git): Promise<Uint8Array | undefined | "end"> {
  const line = await answers.takeUntil(LINE_FEED);
  if (line === undefined) return "end";
  const size = /^[0-9a-f]{40,64} [a-z]+ (\d+)$/.exec(new TextDecoder().decode(line))?.[1];
  // Every other answer is only a line: the object is missing, or its name is ambiguous.
  if (size === undefined) return undefined;
  const bytes = await answers.take(Number(size));
  const end = await answers.take(1);
  return bytes === undefined || end === undefined ? "end" : bytes;
}
