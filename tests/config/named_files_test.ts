import assert from "node:assert/strict";
import type { FileKey } from "../../src/config/config.ts";
import { parseClusterFile } from "../../src/config/cluster_file.ts";
import { namedFiles } from "../../src/config/named_files.ts";
import { formatProblem } from "../../src/errors.ts";

/** What an entry names, as `path = name`. */
function named(entry: unknown, ...keys: readonly string[]): readonly string[] {
  const { files, wrong } = namedFiles(entry, keys, "a");
  assert.deepEqual(wrong, []);
  return files.map(({ name, path }) => `${path.join(".")} = ${name}`);
}

Deno.test("namedFiles() finds what is under keys, in lists and inside each other", () => {
  assert.deepEqual(named({ a: "x", b: ["y", "z"], c: "w" }, "b", "a"), [
    ...["b.0 = y", "b.1 = z", "a = x"],
  ]);
  assert.deepEqual(named({ gcp: { key: "x" }, key: "y" }, "gcp.key"), ["gcp.key = x"]);
  const mounts = [{ file: "x" }, {}, { file: ["y"] }];
  assert.deepEqual(named({ mounts }, "mounts.file"), [
    ...["mounts.0.file = x", "mounts.2.file.0 = y"],
  ]);
});

Deno.test("namedFiles() finds nothing where there is nothing, or what objects know themselves", () => {
  assert.deepEqual(named({ a: null, b: [], c: "x" }, "a", "b", "c.d", "d.e"), []);
  for (const entry of [undefined, null, "a", 1, true]) assert.deepEqual(named(entry, "a"), []);
  const known = ["constructor", "toString", "__proto__", "a.length", "a.constructor.name"];
  assert.deepEqual(named({ a: "text" }, ...known), []);
  assert.deepEqual(named(JSON.parse('{"__proto__": "x"}'), "__proto__"), ["__proto__ = x"]);
});

Deno.test("namedFiles() says what names no file, and where", () => {
  for (
    const [value, found, ...path] of [
      [1, "the number 1", "a"],
      [true, "the boolean true", "a"],
      ["", 'the text ""', "a"],
      [{ b: "x" }, "a mapping", "a"],
      [["x", 2], "the number 2", "a", 1],
      [[null], "nothing", "a", 0],
      [[["x"]], "a list", "a", 0],
    ] as const
  ) {
    const message =
      `Cannot read "a": expected the path of a file, or a list of them, found ${found}`;
    const { wrong: [{ value: _, ...wrong } = {}] } = namedFiles({ a: value }, ["a"], "a");
    assert.deepEqual(wrong, { path, message });
  }
});

const FOLDER = "config/clusters/earth";

const read = (text: string, ...fileKeys: readonly FileKey[]) =>
  parseClusterFile({ path: `${FOLDER}/cluster.yaml`, text }, () => false, { fileKeys });

const TEXT = `\
name: earth
provider: gcp
gcp:
  key: enc-key.json
support:
  override: ../common.yaml
hubs:
  - name: prod
    override: ./x/../prod.yaml
    extra: [{file: a.json}, {file: ../../b.json}]
  - name: lab
`;

Deno.test("parseClusterFile() gives each entry the files that fileKeys name", () => {
  const cluster = read(TEXT, "gcp.key", "override", "extra.file");
  assert.ok("hubs" in cluster);
  assert.deepEqual(cluster.otherFiles, [`${FOLDER}/enc-key.json`]);
  assert.deepEqual(cluster.support?.otherFiles, ["config/clusters/common.yaml"]);
  assert.deepEqual(cluster.hubs.map(({ otherFiles }) => otherFiles), [
    [`${FOLDER}/prod.yaml`, `${FOLDER}/a.json`, "config/b.json"],
    undefined,
  ]);
});

Deno.test("parseClusterFile() reads names with a slash from the root, where fileKeys say so", () => {
  const text = TEXT.replace("./x/../prod.yaml", "prod.yaml").replace("../common.yaml", "a/b.yaml")
    .replace("../../b.json", "b/c.json");
  const fromRoot = (key: string) => ({ key, from: "root" } as const);
  const cluster = read(text, fromRoot("override"), fromRoot("extra.file"));
  assert.ok("hubs" in cluster);
  assert.deepEqual(cluster.support?.otherFiles, ["a/b.yaml"]);
  assert.deepEqual(cluster.hubs[0]?.otherFiles, [
    ...[`${FOLDER}/prod.yaml`, `${FOLDER}/a.json`, "b/c.json"],
  ]);
});

Deno.test("parseClusterFile() looks for no other files without fileKeys", () => {
  const cluster = read(TEXT);
  assert.ok("hubs" in cluster);
  assert.equal(JSON.stringify(cluster).includes("otherFiles"), false);
});

Deno.test("parseClusterFile() says where fileKeys name no file, or one outside the repository", () => {
  const text = "name: earth\nprovider: gcp\nkey: ../../../../x\nhubs:\n- name: a\n  key: [b, 1]\n";
  const problems = read(text, "key");
  assert.ok(!("hubs" in problems));
  assert.deepEqual(problems.map((problem) => formatProblem(problem)), [
    `${FOLDER}/cluster.yaml:6:12: Cannot read "key": expected the path of a file, or a list of ` +
    'them, found the number 1; write it in quotes: "1"',
    `${FOLDER}/cluster.yaml:3:6: Cannot use the file "../../../../x": expected a path inside the ` +
    `repository, relative to ${FOLDER}`,
  ]);
});

Deno.test("parseClusterFile() says that a path from the root leads out of the repository", () => {
  const text = "name: earth\nprovider: gcp\nkey: a/../../x\n";
  const problems = read(text, { key: "key", from: "root" });
  assert.ok(!("hubs" in problems));
  const said = /"a\/\.\.\/\.\.\/x": expected a path .*, relative to its root$/;
  assert.match(problems[0]?.message ?? "", said);
});
