import assert from "node:assert/strict";
import { isActionName, isCommit, isSamePin, isVersion } from "../../src/workflow/lock.ts";

const COMMIT = "3d3c42e5aac5ba805825da76410c181273ba90b1";

/** What a text may be, and what it may not. */
const TEXTS = [
  [
    isCommit,
    [COMMIT],
    ["", COMMIT.slice(1), `${COMMIT}0`, COMMIT.toUpperCase(), `${COMMIT}\n`, "main", `x${COMMIT}`],
  ],
  [
    isVersion,
    ["v1", "v1.2", "v1.2.3", "7", "0.28.0", "v2.0.0-rc.1", "v10.20.30-beta"],
    [
      ...["", "v", "main", "latest", "v1.", "v1.2.3.4", "v1 ", " v1", "v1\n", "V1", "1.x", "v1-"],
      ...["v1.2.3-a..b", "tag=v1", "v1\nrun: x", "v1 # v2", "v١"],
    ],
  ],
  [
    isActionName,
    ["a/b", "actions/checkout", "a-b/c.d_e", "a/b/c/d.yaml", "a/.github"],
    [
      ...["", "a", "a/", "/a", "a//b", "a/..", "a/../b", "a/./b", "./a", "../a/b", "a/b ", "a/b@c"],
      ...["docker://a/b", "a b/c", "a/${{x}}", "a/b\n", "a.b/c"],
    ],
  ],
] as const;

for (const [is, right, wrong] of TEXTS) {
  Deno.test(`${is.name}() is true for what GitHub and bots write, and for nothing else`, () => {
    for (const text of right) assert.ok(is(text), text);
    for (const text of wrong) assert.ok(!is(text), text);
  });
}

Deno.test("isSamePin() compares commit and version", () => {
  const pin = { version: "v1", commit: COMMIT };
  assert.ok(isSamePin(pin, { ...pin }));
  for (
    const other of [undefined, { ...pin, version: "v1.0" }, { ...pin, commit: "a".repeat(40) }]
  ) {
    assert.ok(!isSamePin(pin, other));
  }
});
