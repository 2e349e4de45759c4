/** Splits a stream of bytes: up to a separator, or into pieces of a given size. */
export class ByteStream implements AsyncDisposable {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #chunk: Uint8Array<ArrayBufferLike> = new Uint8Array();

  constructor(stream: ReadableStream<Uint8Array>) {
    this.#reader = stream.getReader();
  }

  /** Takes everything up to a separator, and drops the separator; `undefined` at the end. */
  async takeUntil(separator: number): Promise<Uint8Array | undefined> {
    const parts: Uint8Array[] = [];
    for (;;) {
      const end = this.#chunk.indexOf(separator);
      if (end >= 0) {
        parts.push(this.#chunk.subarray(0, end));
        this.#chunk = this.#chunk.subarray(end + 1);
        return join(parts);
      }
      parts.push(this.#chunk);
      if (!await this.#more()) return undefined;
    }
  }

  /** Takes a number of bytes; `undefined` where there are fewer. */
  async take(size: number): Promise<Uint8Array | undefined> {
    const parts: Uint8Array[] = [];
    let missing = size;
    while (this.#chunk.length < missing) {
      parts.push(this.#chunk);
      missing -= this.#chunk.length;
      if (!await this.#more()) return undefined;
    }
    parts.push(this.#chunk.subarray(0, missing));
    this.#chunk = this.#chunk.subarray(missing);
    return join(parts);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#reader.cancel();
  }

  async #more(): Promise<boolean> {
    const { done, value } = await this.#reader.read();
    this.#chunk = value ?? new Uint8Array();
    return !done;
  }
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const filled = parts.filter((part) => part.length > 0);
  const [only] = filled;
  if (only !== undefined && filled.length === 1) return only;
  const joined = new Uint8Array(filled.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of filled) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
