import fc from "fast-check";

/**
 * Any character, halves of surrogate pairs included, as the unit of a text. fast-check calls that
 * "binary", and takes a second to make a table of it.
 */
export const anyCharacter: fc.Arbitrary<string> = fc.nat({ max: 0x10ffff }).map(
  (point) => String.fromCodePoint(point),
  // Texts that fast-check knows as dangerous are tried where each of their characters is one.
  (text) => {
    const [point = "", ...rest] = String(text);
    if (rest.length > 0) throw new RangeError("expected one character");
    return point.codePointAt(0) ?? -1;
  },
);
