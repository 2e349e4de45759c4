import fc from "fast-check";
import { anyCharacter } from "../any_character.ts";

/** Text that means something to a shell, to YAML, to GitHub, to Markdown, or to JavaScript. */
export const HOSTILE_TEXTS: readonly string[] = [
  ...["", " ", "\n", "\r\n", "\t", "\0", "\ufeff", "\ud800", "\udc00x", "\u202eevil", "\u200b"],
  ...["\u2028", "\x1b[31mred", "\x9b31m", "é".repeat(3), "🧪", "a".repeat(70_000)],
  ...["$(id)", "`id`", "; id", "'\"", '""$HOME', "${{ secrets.TOKEN }}", "${{", "}}", "-rf"],
  ...["::error::forged", "##[error]forged", "x\n::set-output name=a::b", "--help", "%2e%2e%2f"],
  ...["prod-hub-matrix-jobs<<EOF", "<script>alert(1)</script>", "@octocat", "| a | b |"],
  ...["<!-- deployment-plan -->", "[x](https://example.org)", "../../../../etc/passwd"],
  ...["/etc/passwd", "..", ".", "a\\b", "C:\\x", "__proto__", "constructor", "toString"],
  ...["hasOwnProperty", "length", "null", "true", "NaN", "0", "-0", "1e999"],
  ...["staging", "Staging", "a.b", "a-b"],
];

export const HOSTILE_NAMES: readonly string[] = HOSTILE_TEXTS.filter((text) =>
  !["", ".", ".."].includes(text) && text.length < 200 && !/[/\0]/.test(text) &&
  text.isWellFormed()
);

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...HOSTILE_TEXTS) },
  { weight: 1, arbitrary: fc.string({ unit: anyCharacter, maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ maxLength: 12 }) },
);

/** Values of every type that JSON has, and of extreme sizes. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.constantFrom<unknown>(
    ...[null, true, false, 0, -0, -1, 7, 1.5, 1e21, 2 ** 53, [], {}, [[]], [null], [1, 2]],
    ...[[""], { a: 1 }, { name: "x" }],
  ),
  fc.constant("own __proto__").map(() => JSON.parse('{"__proto__":{"polluted":1}}')),
  fc.constantFrom(50, 3_000).map((depth) =>
    Array(depth).fill(0).reduce((inner: unknown) => [inner], [])
  ),
  fc.constantFrom(10, 1_500).map((size) => Array.from({ length: size }, (_, index) => `x${index}`)),
  fc.jsonValue({ maxDepth: 2 }),
);
