import fc from "fast-check";

/** What a file holds, written so that a report of it can be read. */
export interface Content {
  /** The text; where `raw` is set, a character for each byte. */
  readonly text: string;
  readonly raw?: true;
}

/** The bytes of a file. */
export function bytesOf({ text, raw }: Content): Uint8Array<ArrayBuffer> {
  if (raw !== true) return new TextEncoder().encode(text);
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Bytes that no UTF-8 text holds, or that mean something at the beginning of one. */
const BYTES = [
  ...["\xff", "\xfe\xff", "\xc0\x80", "\xed\xa0\x80", "\xf8", "\x80", "\0", "\xef\xbb\xbf"],
  ...["\xe2\x80", "\r", "\n", "\x1b[0m"],
];

interface Splice {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

const splice: fc.Arbitrary<Splice> = fc.record({
  at: fc.nat(100_000),
  remove: fc.oneof(fc.constant(0), fc.nat(8), fc.constant(1_000_000)),
  insert: fc.oneof(fc.constant(""), fc.constantFrom(...BYTES)),
});

/** Files of a text, a few of them damaged in their bytes: cut off, bits of them gone, no UTF-8. */
export function contents(text: fc.Arbitrary<string>): fc.Arbitrary<Content> {
  return fc.oneof(
    { weight: 5, arbitrary: text.map((text) => ({ text })) },
    {
      weight: 1,
      arbitrary: fc.tuple(text, fc.array(splice, { minLength: 1, maxLength: 3 }))
        .map(([text, splices]) => damage(text, splices)),
    },
  );
}

function damage(text: string, splices: readonly Splice[]): Content {
  const bytes = [...new TextEncoder().encode(text)];
  for (const { at, remove, insert } of splices) {
    bytes.splice(
      at % (bytes.length + 1),
      remove,
      ...Array.from(insert, (character) => character.charCodeAt(0)),
    );
  }
  return { text: bytes.map((byte) => String.fromCharCode(byte)).join(""), raw: true };
}
