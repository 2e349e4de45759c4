/** Hostile names of clusters, hubs and providers, and hostile `cluster.yaml` files. */
import assert from "node:assert/strict";
import { fastImport } from "../git/fast_import.ts";
import { BYTES, isFileName, NAMES } from "./names.ts";
import { below, filesAt, latin1, yamlText } from "./repository.ts";
import { Stage } from "./stage.ts";
import type { Trap } from "./trap.ts";

/** What names of clusters, hubs and providers may be. */
const FINE = /^[a-z0-9](?:[a-z0-9._-]{0,98}[a-z0-9])?$/;

/** Plans all clusters, in a workflow and outside: says what is wrong. */
async function mistakes(files: (trap: Trap) => Record<string, string>): Promise<string[]> {
  await using stage = await Stage.set(files);
  let lines: string[] = [];
  for (const [format, inWorkflow] of [["markdown", true], ["table", false]] as const) {
    const args = ["plan", `--repo=${stage.folder.path}`, `--format=${format}`];
    const { code, err } = await stage.run([...args, "--changed-files=deployer/a"], { inWorkflow });
    assert.equal(code, err === "" ? 0 : 1, err);
    lines = err.split("\n").slice(0, -1);
  }
  return lines;
}

/** A cluster a folder, in each of which a hostile name stands. */
const clusters = (text: (name: string, folder: string) => string) => ({ names }: Trap) =>
  Object.fromEntries(
    names.map((name, at) => [`config/clusters/c${at}/cluster.yaml`, text(name, `c${at}`)]),
  );

/** One cluster, in each of whose hubs a hostile name stands; half of them are staging hubs. */
const hubs = (hub: (name: string) => string, wanted = (_: string) => true) => ({ names }: Trap) => {
  const lines = names.filter(wanted).map((name, index) =>
    `  - {name: ${index % 2 === 0 ? "staging" : "prod"}-${index}, ${hub(yamlText(name))}}\n`
  );
  const text = `name: earth\nprovider: gcp\nhubs:\n${lines.join("")}`;
  return { "config/clusters/earth/cluster.yaml": text };
};

const refused = NAMES.filter(({ text }) => !FINE.test(text)).length;
const valuesFile = (name: string) => `helm_chart_values_files: [${name}]`;
const leaves = (name: string) => /^\/|^(?:\.\.\/){4}/.test(name);

/** A cluster whose names are all the same. */
const clusterFile = (name: string) => `name: ${name}\nprovider: ${name}\nhubs: [{name: ${name}}]\n`;

const SOME_PLACE = /cluster\.yaml(?::\d+:\d+)?: Cannot/;

/** Where hostile texts are, how many lines at least say so, and what each of them says. */
const CASES: Readonly<Record<string, readonly [Parameters<typeof mistakes>[0], number, RegExp]>> = {
  "the names of a cluster, its provider and its hub": [
    clusters((name) => clusterFile(yamlText(name))),
    NAMES.length + 2 * refused,
    /c\d+\/cluster\.yaml:(?:1:7: Cannot|2:11: Cannot read "provider"|3:15: Cannot read "hubs\[0\])/,
  ],
  "what is not read of a hub": [
    hubs((name) => `display_name: ${name}, domain: [${name}], ? ${name} : 1`),
    0,
    /none/,
  ],
  "a values file outside the repository": [
    hubs(valuesFile),
    NAMES.filter(({ text }) => leaves(text)).length,
    /earth\/cluster\.yaml:\d+:\d+: Cannot use the values file/,
  ],
  "a values file inside": [hubs(valuesFile, (name) => !leaves(name)), 0, /none/],
  "a whole file": [clusters((name) => name), 200, SOME_PLACE],
  "a value": [clusters((name, folder) => `name: ${folder}\nprovider: ${name}\n`), 200, SOME_PLACE],
  "a comment": [
    clusters((name, folder) => `# ${name}\nname: ${folder}\nprovider: 3\n`),
    200,
    SOME_PLACE,
  ],
};

for (const [place, [files, count, says]] of Object.entries(CASES)) {
  Deno.test(`plan takes ${place} for text, or refuses it: ${NAMES.length} tried`, async () => {
    const found = await mistakes(files);
    const asMany = says === SOME_PLACE ? found.length > count : found.length === count;
    assert.ok(asMany, `${found.length}: ${found.slice(0, 10).join("\n")}`);
    for (const line of found) {
      assert.match(line, /^config\/clusters\//);
      assert.match(line, says);
    }
  });
}

Deno.test("the folder of a cluster that is hostile is refused, all of them at once", async () => {
  const names = NAMES.map(({ text }) => text.replaceAll("/", "_").slice(0, 80))
    .filter((name) => isFileName(name) && name.isWellFormed() && !FINE.test(name));
  assert.ok(names.length > 350, String(names.length));
  const found = await mistakes(() =>
    Object.fromEntries(
      names.map((name) => [`config/clusters/${name}/cluster.yaml`, clusterFile(yamlText(name))]),
    )
  );
  assert.ok(found.length >= new Set(names).size, `${found.length}`);
});

Deno.test(`the folder of a cluster that is no UTF-8 is refused: ${BYTES.length} tried`, async () => {
  await using stage = await Stage.inGit();
  const { folder, trap } = stage;
  const folders = BYTES.map((text) =>
    below("config/clusters", latin1(`${trap.armHere(text).replaceAll("/", "_")}/cluster.yaml`))
  );
  await fastImport(folder.path, [{ branch: "strange", from: "main", changes: filesAt(folders) }]);
  const refuse = async () => {
    for (const inWorkflow of [true, false]) {
      const args = ["plan", `--repo=${folder.path}`, "--base=main", "--head=strange"];
      const { code, out, err } = await stage.run(args, { inWorkflow });
      assert.deepEqual([code, out], [1, ""]);
      assert.ok(err.split("\n").length > 15, err);
    }
  };
  await refuse();
  await folder.git("checkout", "--quiet", "strange");
  await refuse();
});
