import assert from "node:assert/strict";
import { posix } from "node:path";
import fc from "fast-check";
import { joinPath } from "../../src/config/paths.ts";

Deno.test("joinPath() resolves a path relative to a folder", () => {
  const folder = "config/clusters/earth";
  assert.equal(joinPath(folder, "a.yaml"), "config/clusters/earth/a.yaml");
  assert.equal(joinPath(folder, "./a//b/./c.yaml"), "config/clusters/earth/a/b/c.yaml");
  assert.equal(joinPath(folder, "../common.yaml"), "config/clusters/common.yaml");
  assert.equal(joinPath(folder, "x/../../mars/a.yaml"), "config/clusters/mars/a.yaml");
  assert.equal(joinPath(folder, "../../../a.yaml"), "a.yaml");
  assert.equal(joinPath(folder, "..a/...b"), "config/clusters/earth/..a/...b");
  assert.equal(joinPath("config/../helm//charts/.", "a.yaml"), "helm/charts/a.yaml");
});

Deno.test("joinPath() has no answer for a path that leaves the repository", () => {
  const paths = ["../../../a", "../..", "x/../../../../a", "..//..", "../../../config/earth"];
  for (const path of paths) assert.equal(joinPath("config/earth", path), undefined, path);
});

Deno.test("joinPath() has no answer for an absolute path", () => {
  for (const path of ["/etc/passwd", "/", "//a"]) assert.equal(joinPath("config", path), undefined);
});

Deno.test("joinPath() goes where a file system would go, or nowhere", () => {
  const segment = fc.constantFrom("a", "b c", "..", ".", "", "é", "..a");
  const path = fc.array(segment, { minLength: 1, maxLength: 8 }).map((parts) => parts.join("/"));
  let outside = 0;
  fc.assert(
    fc.property(path, (path) => {
      const joined = joinPath("config/clusters/earth", path);
      const expected = posix.normalize(`config/clusters/earth/${path}`).replace(/\/$/, "");
      const leaves = path.startsWith("/") || expected === "." || /^\.\.(?:\/|$)/.test(expected);
      assert.equal(joined, leaves ? undefined : expected);
      if (leaves) outside++;
    }),
    { seed: 1, numRuns: 2_000 },
  );
  assert.ok(outside > 100 && outside < 1_900, `${outside} of 2000 leave the repository`);
});
