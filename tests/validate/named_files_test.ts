import assert from "node:assert/strict";
import {
  assertClean,
  EARTH,
  EARTH_TEXT,
  earthWith,
  onlyFindings,
  repositoryWith,
  validated,
} from "./validated.ts";

const CONFIG = "hubwright.config.ts";
const PROD = "config/clusters/earth/prod.values.yaml";

Deno.test("missing-file names the file, who needs it, and where it is named", async () => {
  assert.deepEqual(await onlyFindings("missing-file", { [PROD]: null }), [
    `${EARTH}:16:9: Cannot find the file "prod.values.yaml" of the hub prod: expected a file ` +
    `${PROD}, found nothing; add it or correct the name`,
  ]);
});

Deno.test("missing-file says once what support and several hubs miss", async () => {
  const changes = {
    "config/clusters/common.values.yaml": null,
    [EARTH]: earthWith("    - support.values.yaml\n", "    - ../common.values.yaml\n"),
    "config/clusters/earth/support.values.yaml": null,
  };
  const [line = "", ...others] = await onlyFindings("missing-file", changes);
  assert.deepEqual(others, []);
  assert.match(line, /:5:7: Cannot find the file .* of support and the hubs staging, prod: /);
});

Deno.test("missing-file finds a folder in the place of a file", async () => {
  const [line = ""] = await onlyFindings("missing-file", { [PROD]: null, [`${PROD}/`]: "" });
  assert.match(line, /, found a folder; /);
});

for (const near of ["prd.values.yaml", "Prod.values.yaml", "prod.values.yml"]) {
  Deno.test(`missing-file points to ${near}, which nobody names, on every machine`, async () => {
    await using folder = await repositoryWith({
      [PROD]: null,
      [`config/clusters/earth/${near}`]: "a: 1\n",
    });
    const { errors, warnings } = await validated(folder);
    assert.ok(errors[0]?.message.includes(`, found "${near}" beside it; `), errors[0]?.message);
    assert.deepEqual(warnings.map(({ rule }) => rule), ["unreferenced-file"]);
  });
}

Deno.test("missing-file does not point to another hub's file", async () => {
  const changes = {
    [EARTH]: earthWith("      - prod.values.yaml\n", "      - stagin.values.yaml\n"),
    [PROD]: null,
  };
  const [line = ""] = await onlyFindings("missing-file", changes);
  assert.match(line, /stagin\.values\.yaml, found nothing; /);
});

Deno.test("missing-file looks at the files of rules.fileKeys as well", async () => {
  const changes = {
    [CONFIG]: 'export default { rules: { fileKeys: ["override", "gcp.key"] } };\n',
    [EARTH]: earthWith("provider: gcp\n", "provider: gcp\ngcp:\n  key: enc-key.json\n")
      .replace("  - name: prod\n", "  - name: prod\n    override: o.yaml\n"),
  };
  const lines = await onlyFindings("missing-file", changes);
  assert.match(lines[0] ?? "", /:4:8: Cannot find the file "enc-key\.json" of the cluster: /);
  assert.match(lines[1] ?? "", /:15:15: Cannot find the file "o\.yaml" of the hub prod: /);
  assert.equal(lines.length, 2);
  await assertClean({
    ...changes,
    "config/clusters/earth/enc-key.json": "{}",
    "config/clusters/earth/o.yaml": "a: 1\n",
  });
});

Deno.test("missing-file is about files inside the repository's other folders too", async () => {
  const outside = {
    [EARTH]: earthWith("prod.values.yaml", "../../../shared/x.yaml"),
    [PROD]: null,
  };
  const [line = ""] = await onlyFindings("missing-file", outside);
  assert.match(line, /expected a file shared\/x\.yaml, found nothing/);
  await assertClean({ ...outside, "shared/x.yaml": "a: 1\n" });
});

Deno.test("linked-file finds a values file that is a link, and one behind a linked folder", async () => {
  const common = "../../../linked/common.values.yaml";
  const lines = await onlyFindings(
    "linked-file",
    {
      [PROD]: null,
      "config/clusters/common.values.yaml": null,
      "shared/prod.yaml": "a: 1\n",
      "shared/common.values.yaml": "a: 1\n",
      [EARTH]: EARTH_TEXT.replaceAll("../common.values.yaml", common),
    },
    async (folder) => {
      await Deno.symlink("../../../shared/prod.yaml", folder.join(PROD));
      await Deno.symlink("shared", folder.join("linked"));
    },
  );
  assert.deepEqual(lines, [
    `${EARTH}:10:9: Cannot watch the file "${common}" of the hubs staging, prod: git does not ` +
    "see what changes behind the link linked; name the file that it leads to, or put a file in " +
    "its place",
    `${EARTH}:16:9: Cannot watch the file "prod.values.yaml" of the hub prod: git does not see ` +
    `what changes behind the link ${PROD}; name the file that it leads to, or put a file in its ` +
    "place",
  ]);
});

Deno.test("a link that leads to no file is a missing file", async () => {
  for (const target of ["nowhere", "../earth", "prod.values.yaml"]) {
    const [line = ""] = await onlyFindings(
      "missing-file",
      { [PROD]: null },
      (folder) => Deno.symlink(target, folder.join(PROD)),
    );
    assert.match(line, /, found the link config\/\S+, which does not lead to one; /, target);
  }
});
