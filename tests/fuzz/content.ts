import fc from "fast-check";

/** What a file holds: its text or, where `raw` is set, a character for each byte. */
export interface Content {
  readonly text: string;
  readonly raw?: true;
}

export function bytesOf({ text, raw }: Content): Uint8Array<ArrayBuffer> {
  return raw ? Uint8Array.from(text, (byte) => byte.charCodeAt(0)) : new TextEncoder().encode(text);
}

/** Bytes that no UTF-8 text holds, or that mean something at the beginning of one. */
const BYTES = [
  ...["\xff", "\xfe\xff", "\xc0\x80", "\xed\xa0\x80", "\xf8", "\x80", "\0", "\xef\xbb\xbf"],
  ...["\xe2\x80", "\r", "\n", "\x1b[0m"],
];

const splice = fc.record({
  at: fc.nat(100_000),
  remove: fc.oneof(fc.constant(0), fc.nat(8), fc.constant(1_000_000)),
  insert: fc.oneof(fc.constant(""), fc.constantFrom(...BYTES)),
});

/** Files of a text, a few of them damaged in their bytes: cut off, bits of them gone, no UTF-8. */
export function contents(texts: fc.Arbitrary<string>): fc.Arbitrary<Content> {
  return fc.oneof(
    { weight: 5, arbitrary: texts.map((text) => ({ text })) },
    {
      weight: 1,
      arbitrary: fc.tuple(texts, fc.array(splice, { minLength: 1, maxLength: 3 }))
        .map(([text, splices]): Content => {
          const bytes = Array.from(bytesOf({ text }), (byte) => String.fromCharCode(byte));
          for (const { at, remove, insert } of splices) {
            bytes.splice(at % (bytes.length + 1), remove, ...insert);
          }
          return { text: bytes.join(""), raw: true };
        }),
    },
  );
}
