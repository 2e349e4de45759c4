import assert from "node:assert/strict";
import { removedCluster, removedReleases, stillNamed } from "../../src/plan/removal_notices.ts";
import { Decision } from "../../src/plan/decision.ts";
import { fullCluster } from "./arbitraries.ts";

/** What every warning has to be: one line that says what to do. */
function assertWarning({ level, message }: { level: string; message: string }): string {
  assert.equal(level, "warning");
  assert.equal(message.includes("\n"), false);
  assert.match(message, /; .*(?:uninstall|put the file back)/);
  return message;
}

Deno.test("removedCluster() names the file and what to do", () => {
  assert.match(
    assertWarning(removedCluster("c/earth/cluster.yaml")),
    /^c\/earth\/cluster\.yaml is gone: /,
  );
  assert.match(
    assertWarning(removedCluster("c/a\nb/cluster.yaml")),
    /^"c\/a\\+nb\/cluster\.yaml" is gone: /,
  );
});

Deno.test("removedReleases() says nothing where nothing is gone", () => {
  assert.deepEqual(removedReleases("earth", []), []);
});

Deno.test("removedReleases() spells out three releases and counts the rest", () => {
  const message = (...releases: readonly string[]) =>
    removedReleases("earth", releases).map(assertWarning).join("|");
  assert.match(
    message("hub a", "hub b", "hub c"),
    /^Cluster earth no longer has hub a, hub b, hub c: /,
  );
  assert.match(message("hub a", "hub b", "hub c", "hub d", "hub e"), /hub c and 2 more: /);
});

const decisions: readonly Decision[] = [
  { rule: "hub values file", reach: { kind: "hub", cluster: fullCluster, hub: "prod" } },
  { rule: "named file", reach: { kind: "support chart", cluster: fullCluster } },
  { rule: "named file", reach: { kind: "cluster", cluster: fullCluster } },
];

Deno.test("stillNamed() says who names a file that is gone", () => {
  const [notice, ...rest] = stillNamed("a.yaml", decisions);
  assert.ok(notice !== undefined && rest.length === 0);
  assert.match(
    assertWarning(notice),
    /^a\.yaml is gone, but it is still named by everything of full, hub prod of full, the support chart of full: /,
  );
});

Deno.test("stillNamed() says nothing of a file that a pattern alone is about", () => {
  assert.deepEqual(
    stillNamed("deployer/a", [{ rule: "all hubs", reach: { kind: "all hubs" } }]),
    [],
  );
  assert.deepEqual(stillNamed("a", []), []);
});
