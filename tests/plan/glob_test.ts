import assert from "node:assert/strict";
import fc from "fast-check";
import { compileGlob } from "../../src/plan/glob.ts";

/** The same as a regular expression, which is short and slow. */
function byRegex(glob: string): RegExp {
  const segments = glob.split("/");
  const source = segments.map((segment, index) => {
    const last = index === segments.length - 1;
    if (segment === "**") return last ? ".+" : "(?:[^/]+/)*";
    return segment.replaceAll(".", "\\.").replaceAll("*", "[^/]*") + (last ? "" : "/");
  });
  return new RegExp(`^${source.join("")}$`, "s");
}

const name = fc.string({ unit: fc.constantFrom("a", "b", ".", "\n"), maxLength: 4 });

const segment = fc.oneof(
  fc.constant("**"),
  fc.string({ unit: fc.constantFrom("a", "b", ".", "*"), minLength: 1, maxLength: 5 })
    .filter((text) => !text.includes("**")),
);

Deno.test("compileGlob() matches what a regular expression matches", () => {
  let matched = 0;
  fc.assert(
    fc.property(
      fc.array(segment, { minLength: 1, maxLength: 4 }),
      fc.array(name, { minLength: 1, maxLength: 5 }),
      (segments, names) => {
        const [glob, path] = [segments.join("/"), names.join("/")];
        const expected = byRegex(glob).test(path);
        if (expected) matched++;
        assert.equal(compileGlob(glob)(path), expected);
      },
    ),
    { seed: 1, numRuns: 20_000 },
  );
  assert.ok(matched > 1_000, `only ${matched} paths matched`);
});

for (
  const [glob, path] of [
    [`${"*a".repeat(200)}b`, "a".repeat(4_000)],
    [`${"**/".repeat(200)}b`, "a/".repeat(2_000)],
    ["a".repeat(70_000), "a".repeat(70_000)],
  ] as const
) {
  Deno.test(`compileGlob() comes to an end with ${glob.slice(0, 12)}...`, () => {
    assert.equal(compileGlob(glob)(path), glob === path);
  });
}
