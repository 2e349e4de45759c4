import assert from "node:assert/strict";
import fc from "fast-check";
import { formatAnnotation } from "../../src/github/annotation.ts";
import { nasty } from "../report/arbitraries.ts";

Deno.test("formatAnnotation() names the place, as far as it is known", () => {
  const message = "Cannot read it";
  assert.equal(formatAnnotation({ message }), "::error::Cannot read it");
  assert.equal(
    formatAnnotation({ file: "a.yaml", line: 3, column: 5, message }, "warning"),
    "::warning file=a.yaml,line=3,col=5::Cannot read it",
  );
});

Deno.test("formatAnnotation() keeps a file's name from ending its property, or hiding anything", () => {
  assert.equal(
    formatAnnotation({ file: "a,line=9::b%\n\u202ec\u001b[31m", message: "m" }),
    "::error file=a%2Cline=9%3A%3Ab%25\\n\\u{202e}c\\u{1b}[31m::m",
  );
});

Deno.test("formatAnnotation() keeps the lines of a message from commanding the runner", () => {
  assert.equal(
    formatAnnotation({ message: "a\n::add-mask::b\r\n##[error]c%0Ad" }),
    "::error::a%0A\\u{3a}:add-mask::b\\r%0A#\\u{23}[error]c%250Ad",
  );
});

Deno.test("formatAnnotation() is one line from which the runner reads what was meant", () => {
  fc.assert(
    fc.property(nasty, nasty, (file, message) => {
      const [, property = "", text = ""] =
        /^::error file=([^:,]*)::(.*)$/.exec(formatAnnotation({ file, message })) ?? [];
      assert.doesNotMatch(`${property}${text}`, /[\p{C}\p{Zl}\p{Zp}]|%(?!25|0A|3A|2C)/u);
      const lines = text.replaceAll("%0A", "\n").replaceAll("%25", "%").split("\n");
      assert.equal(lines.length, message.split("\n").length);
      for (const line of lines) assert.doesNotMatch(line, /^\s*::|##\[/);
    }),
    { seed: 1, numRuns: 2_000 },
  );
});
