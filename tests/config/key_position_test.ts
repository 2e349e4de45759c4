import assert from "node:assert/strict";
import { keyPositionOf } from "../../src/config/yaml_position.ts";

const TEXT = `name: a
"support":
  helm_chart_values_files:
    - x
shared: &shared
  domain: b
hubs:
  - name: c
    ? complex
    : 1
  - { name: d, list: [1] }
  - <<: *shared
    empty:
`;

for (
  const [path, place] of [
    [["name"], "1:1"],
    [["support"], "2:1"],
    [["support", "helm_chart_values_files"], "3:3"],
    [["hubs", 0, "name"], "8:5"],
    [["hubs", 0, "complex"], "9:7"],
    [["hubs", 1, "list"], "11:16"],
    [["hubs", 2, "empty"], "13:5"],
  ] as const
) {
  Deno.test(`keyPositionOf() finds ${path.join(".")}`, () => {
    const { line, column } = keyPositionOf(TEXT, path);
    assert.equal(`${line}:${column}`, place);
  });
}

Deno.test("keyPositionOf() gives the nearest parent for a key that is not written there", () => {
  assert.deepEqual(keyPositionOf(TEXT, ["hubs", 2, "domain"]), { line: 12, column: 5 });
  assert.deepEqual(keyPositionOf(TEXT, ["support", "x"]), { line: 2, column: 1 });
  assert.deepEqual(keyPositionOf(TEXT, ["nothing"]), { line: 1, column: 1 });
});
