import { UserError } from "../errors.ts";
import { ByteStream } from "./byte_stream.ts";
import { startGit } from "./git.ts";

/**
 * Reads blobs of a git repository by their ids, all of them through one
 * {@link https://git-scm.com/docs/git-cat-file#_batch_output `git cat-file --batch`}, which starts
 * with the first request. There may be many at a time; git answers in order.
 */
export class ObjectReader implements AsyncDisposable {
  #reading: Reading | undefined;
  #unsent = "";
  #last: Promise<unknown> = Promise.resolve();

  constructor(private readonly repo: string) {}

  /** Reads a blob that is text; `undefined` where git has no such object. */
  async readText(id: string): Promise<string | undefined> {
    const reading = this.#reading ??= openGit(this.repo);
    if (this.#unsent === "") this.#send(reading);
    this.#unsent += `${id}\n`;
    // Once git has failed, everything fails for the same reason.
    const answer = this.#last.then(() => readAnswer(reading));
    this.#last = answer;
    const bytes = await answer;
    return bytes && new TextDecoder().decode(bytes);
  }

  /** Lets git answer what was asked, and end. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#reading === undefined) return;
    const { git, requests, answers } = this.#reading;
    await this.#last.catch(() => {});
    // Git may have ended first.
    await requests.close().catch(() => {});
    await answers[Symbol.asyncDispose]();
    await git[Symbol.asyncDispose]();
  }

  async #send({ requests }: Reading): Promise<void> {
    // Requests that are made meanwhile are sent together.
    await Promise.resolve();
    const lines = new TextEncoder().encode(this.#unsent);
    this.#unsent = "";
    // Where git has ended, its answers end too, and every waiting request fails.
    await requests.write(lines).catch(() => {});
  }
}

function openGit(repo: string) {
  const git = startGit(repo, ["cat-file", "--batch"], { stdin: "piped" });
  const { stdin, stdout } = git.process;
  return { git, requests: stdin.getWriter(), answers: new ByteStream(stdout) };
}

type Reading = ReturnType<typeof openGit>;

async function readAnswer({ answers, git }: Reading): Promise<Uint8Array | undefined> {
  const line = await answers.takeLine();
  const size = /^[0-9a-f]{40,64} [a-z]+ (\d+)$/.exec(line ?? "")?.[1];
  // Every other line says that the object is missing.
  if (line !== undefined && size === undefined) return undefined;
  const bytes = size === undefined ? undefined : await answers.take(Number(size));
  const end = await answers.take(1);
  if (bytes !== undefined && end !== undefined) return bytes;
  throw new UserError(`Cannot read an object from git: ${await git.complaint()}`);
}
