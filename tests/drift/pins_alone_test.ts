import assert from "node:assert/strict";
import { differenceProblem } from "../../src/drift/describe.ts";
import { differInPinsAlone } from "../../src/drift/pins_alone.ts";

const WAS = "steps:\n  - uses: a/b@1 # v1\n  - name: x\n    uses: c/d@2 # v2\n    with: 1\n";

Deno.test("differInPinsAlone() is true where commits and versions differ", () => {
  assert.ok(differInPinsAlone(WAS, WAS.replace("@1 # v1", "@3 # v3")));
  assert.ok(differInPinsAlone(WAS, WAS.replace("@1", "@3").replace("@2 # v2", "@4 # v4")));
});

Deno.test("differInPinsAlone() is false where anything else differs, or nothing", () => {
  const others = [
    WAS,
    WAS.replace("a/b", "a/c"),
    WAS.replace("with: 1", "with: 2"),
    WAS.replace("@1 # v1", "@3 # v3").replace("with: 1", "with: 2"),
    WAS.replace(" # v1", ""),
    WAS.replace("@1 # v1", "@3 # v3\n  - run: evil"),
    WAS.replace("# v1", "# v1 evil"),
    WAS.replace("  - uses: a/b@1 # v1\n", ""),
    `run: |\n  uses: a/b@1 # v1\n${WAS}`,
  ];
  for (const text of others) assert.ok(!differInPinsAlone(WAS, text), text);
});

Deno.test("differenceProblem() says how to keep a bump, where there is a way", () => {
  const changed = {
    kind: "changed",
    path: "x.yaml",
    was: WAS.replace("@1", "@3"),
    text: WAS,
  } as const;
  assert.deepEqual(differenceProblem(changed, "generate", "adopt"), {
    file: "x.yaml",
    line: 2,
    message: "Cannot accept it: its actions are at other commits than the lock says; run " +
      '"adopt" to keep these, or "generate" for those of the lock',
  });
  const plain = 'Cannot accept it: it differs from what is generated; run "generate"';
  assert.equal(differenceProblem(changed, "generate").message, plain);
  const other = { ...changed, was: WAS.replace("with: 1", "with: 2") };
  assert.equal(differenceProblem(other, "generate", "adopt").message, plain);
});
