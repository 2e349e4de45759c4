/** Hostile names of clusters, hubs and providers, and hostile `cluster.yaml` files. */
import assert from "node:assert/strict";
import { hubwright } from "../cli/fake_io.ts";
import { Sandbox } from "../cli/sandbox.ts";
import { assertInertLog } from "./inert.ts";
import { assertInertMarkdown } from "./inert_markdown.ts";
import { NAMES } from "./names.ts";
import { yamlText } from "./repository.ts";
import { Trap } from "./trap.ts";

/** What names of clusters, hubs and providers may be. */
const FINE = /^[a-z0-9](?:[a-z0-9._-]{0,98}[a-z0-9])?$/;

/**
 * Plans all clusters of a repository, as a table, as JSON and as Markdown, in a workflow and
 * outside; whatever is printed is inert.
 */
async function mistakes(files: (arm: (text: string) => string) => Record<string, string>) {
  await using trap = await Trap.set();
  await using folder = await Sandbox.create(files((text) => trap.arm(text)));
  let lines: string[] = [];
  for (const format of ["table", "json", "markdown"]) {
    for (const GITHUB_ACTIONS of ["true", ""]) {
      const args = [
        "plan",
        "--repo",
        folder.path,
        "--format",
        format,
        "--changed-files=deployer/a",
      ];
      const { code, out, err } = await hubwright(args, { env: { GITHUB_ACTIONS } });
      assert.equal(code, err === "" ? 0 : 1, err);
      assertInertLog(out);
      assertInertLog(err, { annotations: GITHUB_ACTIONS === "true" });
      if (format === "markdown") assertInertMarkdown(out);
      lines = err.split("\n").slice(0, -1);
    }
  }
  await trap.assertUnsprung(folder.path);
  return lines;
}

/** A folder a cluster, in each of which a hostile name stands. */
function clusters(text: (name: string, folder: string) => string) {
  return (arm: (text: string) => string) =>
    Object.fromEntries(
      NAMES.map(({ text: name }, index) => [
        `config/clusters/c${index}/cluster.yaml`,
        text(arm(name), `c${index}`),
      ]),
    );
}

/** One cluster whose hubs are made of the names. */
function hubs(hub: (name: string, index: number) => string, names = NAMES) {
  return (arm: (text: string) => string) => ({
    "config/clusters/earth/cluster.yaml": "name: earth\nprovider: gcp\nhubs:\n" +
      names.map(({ text }, index) => `  - {${hub(yamlText(arm(text)), index)}}\n`).join(""),
  });
}

/** A name for every hub; half of them are staging hubs, since a matrix has room for 256 prod hubs. */
const fineName = (index: number) => `${index % 2 === 0 ? "staging" : "prod"}-${index}`;

const refused = NAMES.filter(({ text }) => !FINE.test(text)).length;

Deno.test(`the name of a cluster that is hostile is refused: ${NAMES.length} tried`, async () => {
  const found = await mistakes(
    clusters((name) => `name: ${yamlText(name)}\nprovider: gcp\nhubs: [{name: prod}]\n`),
  );
  assert.equal(found.length, NAMES.length);
  for (const [index, line] of found.toSorted().entries()) {
    assert.match(line, /^config\/clusters\/c\d+\/cluster\.yaml:1:7: Cannot/, String(index));
  }
});

Deno.test(`a provider that is hostile is refused: ${NAMES.length} tried`, async () => {
  const found = await mistakes(
    clusters((name, folder) =>
      `name: ${folder}\nprovider: ${yamlText(name)}\nhubs: [{name: prod-${folder}}]\n`
    ),
  );
  assert.equal(found.length, refused);
  for (const line of found) {
    assert.match(line, /^config\/clusters\/c\d+\/cluster\.yaml:2:11: Cannot read "provider"/);
  }
});

Deno.test(`the name of a hub that is hostile is refused: ${NAMES.length} tried`, async () => {
  const found = await mistakes(
    clusters((name, folder) =>
      `name: ${folder}\nprovider: gcp\nhubs: [{name: ${yamlText(name)}}]\n`
    ),
  );
  assert.equal(found.length, refused);
  for (const line of found) {
    assert.match(line, /^config\/clusters\/c\d+\/cluster\.yaml:3:15: Cannot read "hubs\[0\]/);
  }
});

Deno.test(`what hubwright does not read of a hub may be hostile: ${NAMES.length} tried`, async () => {
  const found = await mistakes(
    hubs((name, index) =>
      `name: ${fineName(index)}, display_name: ${name}, domain: [${name}], ? ${name} : 1`
    ),
  );
  assert.deepEqual(found, []);
});

Deno.test(`a values file that is hostile is refused outside the repository: ${NAMES.length} tried`, async () => {
  const hub = (name: string, index: number) =>
    `name: ${fineName(index)}, helm_chart_values_files: [${name}]`;
  const leaves = NAMES.filter(({ text }) => /^\/|^(?:\.\.\/){4}/.test(text));
  const found = await mistakes(hubs(hub));
  assert.equal(found.length, leaves.length);
  for (const line of found) {
    assert.match(
      line,
      /^config\/clusters\/earth\/cluster\.yaml:\d+:\d+: Cannot use the values file/,
    );
  }
  const inside = NAMES.filter((name) => !leaves.includes(name));
  assert.deepEqual(await mistakes(hubs(hub, inside)), []);
});

for (
  const [kind, text] of [
    ["all of it", (name: string) => name],
    ["a value", (name: string, folder: string) => `name: ${folder}\nprovider: ${name}\n`],
    ["a comment", (name: string, folder: string) => `# ${name}\nname: ${folder}\nprovider: 3\n`],
  ] as const
) {
  Deno.test(`cluster.yaml that is a hostile text, ${kind}, says where it is wrong: ${NAMES.length} tried`, async () => {
    const found = await mistakes(clusters(text));
    assert.ok(found.length > 200, String(found.length));
    for (const line of found) {
      assert.match(line, /^config\/clusters\/c\d+\/cluster\.yaml(?::\d+:\d+)?: Cannot/);
    }
  });
}

Deno.test("the folder of a cluster that is hostile is refused, all of them at once", async () => {
  const names = NAMES.map(({ text }) => text.replaceAll("/", "_").slice(0, 80))
    .filter((name) => !/^\.{0,2}$|\0/.test(name) && name.isWellFormed() && !FINE.test(name));
  const found = await mistakes(() =>
    Object.fromEntries(
      names.map((name) => [
        `config/clusters/${name}/cluster.yaml`,
        `name: ${yamlText(name)}\nprovider: gcp\n`,
      ]),
    )
  );
  assert.ok(found.length >= new Set(names).size, `${found.length}`);
  assert.ok(names.length > 350, String(names.length));
});
