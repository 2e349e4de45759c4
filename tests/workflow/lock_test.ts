import assert from "node:assert/strict";
import {
  describePin,
  isActionName,
  isCommit,
  isSamePin,
  isVersion,
} from "../../src/workflow/lock.ts";

const COMMIT = "3d3c42e5aac5ba805825da76410c181273ba90b1";

Deno.test("isCommit() is true for 40 lower-case hexadecimal digits alone", () => {
  assert.ok(isCommit(COMMIT));
  const others = ["", COMMIT.slice(1), `${COMMIT}0`, COMMIT.toUpperCase(), `${COMMIT}\n`, "main"];
  for (const text of [...others, "g".repeat(40), `x${COMMIT}`]) assert.ok(!isCommit(text), text);
});

Deno.test("isVersion() is true for what bots write behind a commit", () => {
  for (const text of ["v1", "v1.2", "v1.2.3", "7", "0.28.0", "v2.0.0-rc.1", "v10.20.30-beta"]) {
    assert.ok(isVersion(text), text);
  }
});

Deno.test("isVersion() is false for everything else", () => {
  const texts = ["", "v", "main", "latest", "v1.", "v1.2.3.4", "v1 ", " v1", "v1\n", "V1", "1.x"];
  for (const text of [...texts, "v1-", "v1.2.3-a..b", "tag=v1", "v1\nrun: x", "v1 # v2", "v١"]) {
    assert.ok(!isVersion(text), text);
  }
});

Deno.test("isActionName() is true for repositories and folders in them", () => {
  for (const name of ["a/b", "actions/checkout", "a-b/c.d_e", "a/b/c/d.yaml", "a/.github"]) {
    assert.ok(isActionName(name), name);
  }
});

Deno.test("isActionName() is false for everything else", () => {
  const names = ["", "a", "a/", "/a", "a//b", "a/..", "a/../b", "a/./b", "./a", "../a/b", "a/b "];
  for (const name of [...names, "a/b@c", "docker://a/b", "a b/c", "a/${{x}}", "a/b\n", "a.b/c"]) {
    assert.ok(!isActionName(name), name);
  }
});

Deno.test("isSamePin() compares commit and version", () => {
  const pin = { version: "v1", commit: COMMIT };
  assert.ok(isSamePin(pin, { ...pin }));
  assert.ok(!isSamePin(pin, { ...pin, version: "v1.0" }));
  assert.ok(!isSamePin(pin, { ...pin, commit: "a".repeat(40) }));
  assert.equal(describePin(pin), `v1 (${COMMIT})`);
});
