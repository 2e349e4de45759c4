/** Takes a stream of bytes apart: into lines, and blocks of a given size. */
export class ByteStream implements AsyncDisposable {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array();

  constructor(stream: ReadableStream<Uint8Array>) {
    this.#reader = stream.getReader();
  }

  /** Takes a line of ASCII, and drops its end; `undefined` at the end of the stream. */
  async takeLine(): Promise<string | undefined> {
    let line = "";
    do {
      const end = this.#chunk.indexOf("\n".charCodeAt(0));
      line += String.fromCharCode(...this.#next(end < 0 ? this.#chunk.length : end));
      if (end >= 0) {
        this.#next(1);
        return line;
      }
    } while (await this.#more());
    return undefined;
  }

  /** Takes a number of bytes; `undefined` where there are fewer. */
  async take(size: number): Promise<Uint8Array | undefined> {
    const block = new Uint8Array(size);
    let at = 0;
    do {
      const part = this.#next(size - at);
      block.set(part, at);
      at += part.length;
      if (at === size) return block;
    } while (await this.#more());
    return undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#reader.cancel();
  }

  #next(most: number): Uint8Array {
    const part = this.#chunk.subarray(0, most);
    this.#chunk = this.#chunk.subarray(part.length);
    return part;
  }

  async #more(): Promise<boolean> {
    const { done, value = new Uint8Array() } = await this.#reader.read();
    this.#chunk = value;
    return !done;
  }
}
