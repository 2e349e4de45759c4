import assert from "node:assert/strict";
import { assertClean, EARTH, earthWith, onlyFindings } from "./validated.ts";

const PROD = "config/clusters/earth/prod.values.yaml";

Deno.test("repeated-file finds a second name for the same file in one list", async () => {
  const text = earthWith(
    "      - prod.values.yaml\n",
    "      - prod.values.yaml\n      - ./prod.values.yaml\n",
  );
  assert.deepEqual(await onlyFindings("repeated-file", { [EARTH]: text }), [
    `${EARTH}:17:9: Cannot tell which place of the file "./prod.values.yaml" is meant: the list ` +
    "of the hub prod names it twice; remove one of them",
  ]);
});

Deno.test("unreferenced-file finds a values file that no cluster names", async () => {
  for (
    const file of [
      "config/clusters/old.values.yaml",
      "config/clusters/earth/old.values.yaml",
      "config/clusters/earth/enc-old.secret.values.yml",
      "config/clusters/earth/more/old.values.yaml",
    ]
  ) {
    const [line = "", ...others] = await onlyFindings("unreferenced-file", { [file]: "a: 1\n" });
    assert.deepEqual(others, []);
    assert.ok(line.startsWith(`${file}: Cannot tell what reads it: `), line);
  }
});

Deno.test("unreferenced-file knows how this repository calls its values files", async () => {
  const prod = { [PROD]: null, "config/clusters/earth/prod.yaml": "a: 1\n" };
  const changes = { ...prod, [EARTH]: earthWith("prod.values.yaml", "prod.yaml") };
  await assertClean(changes);
  const [line = ""] = await onlyFindings("unreferenced-file", {
    ...changes,
    "config/clusters/earth/old.yaml": "a: 1\n",
  });
  assert.ok(line.startsWith("config/clusters/earth/old.yaml: "));
});

Deno.test("unreferenced-file leaves files alone that are no values files, or no cluster's", async () => {
  await assertClean({
    "config/clusters/README.md": "Hello",
    "config/clusters/earth/enc-token.secret.yaml": "a: 1\n",
    "config/clusters/earth/values": "a: 1\n",
    "config/clusters/templates/more/x.values.yaml": "a: 1\n",
    "elsewhere/x.values.yaml": "a: 1\n",
  });
});
