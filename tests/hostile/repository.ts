import { Sandbox } from "../cli/sandbox.ts";
import { addFiles, commitHostile, utf8 } from "./hostile_git.ts";
import { BYTES, isGitPath, NAMES } from "./names.ts";
import type { Trap } from "./trap.ts";

/** How many names stand in one reason. */
const NAMES_A_HUB = 3;

/** The cluster whose hubs name hostile values files, and the one whose hubs have hostile keys. */
const [EARTH, VENUS] = ["earth", "venus"].map((name) => `config/clusters/${name}/cluster.yaml`);

/** A config that looks at what changed in a `cluster.yaml`, and at deletions. */
export const PRECISE = "precise.config.ts";

/** A git repository in which everything that a stranger names is hostile. */
export interface HostileRepository extends AsyncDisposable {
  /** Its folder, with the first commit checked out, or with the newest. */
  readonly folder: Sandbox;
  /** The commit before. */
  readonly before: string;
  /** The commit that adds the values files of the hubs. */
  readonly values: string;
  /** The commit that adds files everywhere else, of which some are no UTF-8. */
  readonly elsewhere: string;
  /** The commit that has hostile names of hubs. */
  readonly named: string;
  /** The commit that has hostile keys instead, and in which values files are deleted. */
  readonly keys: string;
  /** How many names of files it has. */
  readonly count: number;
}

/**
 * Makes the repository. Each name is that of a values file, which a hub names, of files elsewhere
 * (below the root, beside the values files, in the folders of the charts), and of a hub and of a
 * key of a `cluster.yaml`. The commits have hostile authors and messages.
 */
export async function hostileRepository(
  trap: Trap,
  { checkedOut = false } = {},
): Promise<HostileRepository> {
  const names = NAMES.map(({ text }) => trap.arm(text)).filter(isGitPath);
  const strange = BYTES.map(({ text }) => latin1(trap.armHere(text)));
  const valuesFiles = names.map((name, index) => `v${index}/${name}`);
  const folder = await Sandbox.create({
    [EARTH ?? ""]: earthYaml(valuesFiles),
    [VENUS ?? ""]: venusYaml(names, (_, index) => `name: hub-${index}`),
    [PRECISE]: 'export default { precision: "hub" };\n',
  });
  await folder.git("init", "--quiet", "--initial-branch=main");
  const before = await folder.commit("Before");
  const commit = async (parent: string, files: Parameters<typeof addFiles>[1]) => {
    await addFiles(folder, files);
    return await commitHostile(folder, parent, names);
  };
  const paths = valuesFiles.map((path) => utf8(`config/clusters/earth/${path}`));
  const values = await commit(before, paths.map((path) => ({ path, text: "a: 1\n" })));
  const folders = ["config/clusters/earth/other", "deployer"];
  const elsewhere = await commit(
    values,
    [
      ...folders.flatMap((place) => names.map((name, index) => utf8(`${place}/e${index}/${name}`))),
      ...folders.flatMap((place) => strange.map((name) => below(place, name))),
      ...withoutConflicts(names).map(utf8),
    ].map((path) => ({ path, text: "a: 1\n" })),
  );
  const venus = (text: string) => ({ path: utf8(VENUS ?? ""), text });
  const named = await commit(elsewhere, [venus(venusYaml(names, (name) => `name: ${name}`))]);
  const keys = await commit(named, [
    venus(venusYaml(names, (name, index) => `name: hub-${index}, ? ${name} : {? ${name} : 1}`)),
    ...paths.slice(0, NAMES_A_HUB * 10).map((path) => ({ path, text: undefined })),
  ]);
  if (checkedOut) await folder.git("reset", "--quiet", "--hard", keys);
  return {
    ...{ folder, before, values, elsewhere, named, keys },
    count: names.length + strange.length,
    [Symbol.asyncDispose]: async () => await folder[Symbol.asyncDispose](),
  };
}

/** A cluster whose hubs name values files, three each. */
export function earthYaml(valuesFiles: readonly string[]): string {
  const hubs = Array.from({ length: Math.ceil(valuesFiles.length / NAMES_A_HUB) }, (_, index) => {
    const files = valuesFiles.slice(index * NAMES_A_HUB, (index + 1) * NAMES_A_HUB);
    const name = index === 0 ? "staging" : `hub-${index}`;
    return `  - {name: ${name}, helm_chart_values_files: [${files.map(yamlText).join(", ")}]}\n`;
  });
  const support = valuesFiles.slice(0, NAMES_A_HUB).map(yamlText).join(", ");
  return `name: earth
provider: gcp
support:
  helm_chart_values_files: [${support}]
hubs:
${hubs.join("")}`;
}

/** A cluster with so many hubs that a matrix has room for them beside the other cluster's. */
function venusYaml(
  names: readonly string[],
  hub: (name: string, index: number) => string,
): string {
  const hubs = names.map((name, index) => `  - {${hub(yamlText(name), index)}}\n`);
  return `name: venus\nprovider: gcp\nhubs:\n${hubs.slice(0, 100).join("")}`;
}

/** A text as YAML, of ASCII alone. */
export function yamlText(text: string): string {
  const escaped = [...text].map((character) => {
    const point = character.codePointAt(0) ?? 0;
    return /[ !#-[\]-~]/.test(character) ? character : `\\U${point.toString(16).padStart(8, "0")}`;
  });
  return `"${escaped.join("")}"`;
}

/** The names that can stand beside each other: none is the folder of another. */
export function withoutConflicts(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  const folders = new Set<string>();
  return names.filter((name) => {
    const segments = name.split("/");
    const above = segments.slice(1).map((_, index) => segments.slice(0, index + 1).join("/"));
    if (folders.has(name) || above.some((folder) => taken.has(folder))) return false;
    taken.add(name);
    above.forEach((folder) => folders.add(folder));
    return true;
  });
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function below(folder: string, name: Uint8Array): Uint8Array {
  return Uint8Array.from([...utf8(`${folder}/`), ...name]);
}
