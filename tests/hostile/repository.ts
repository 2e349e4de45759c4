import { Sandbox } from "../cli/sandbox.ts";
import { type Commit, fastImport, type FileChange } from "../git/fast_import.ts";
import { BYTES, isGitPath } from "./names.ts";
import type { Trap } from "./trap.ts";

/** How many names stand in one reason. */
const NAMES_A_HUB = 3;

/** The cluster whose hubs name hostile values files, and the one whose hubs have hostile keys. */
const [EARTH, VENUS] = ["earth", "venus"].map((name) => `config/clusters/${name}/cluster.yaml`);

/** A config that looks at what changed in a `cluster.yaml`, and at deletions. */
export const PRECISE = "precise.config.ts";

/** The files of {@linkcode hostileCommits}, by which it begins. */
export function hostileFiles(trap: Trap): Readonly<Record<string, string>> {
  const paths = trap.names.filter(isGitPath);
  return {
    [EARTH ?? ""]: earthYaml(paths.map((name, index) => `v${index}/${name}`)),
    [VENUS ?? ""]: venusYaml(paths, (_, index) => `name: hub-${index}`),
    [PRECISE]: 'export default { precision: "hub" };\n',
  };
}

/**
 * Commits in which everything that a stranger names is hostile, on branches that are called after
 * what they add: `before`, then the `values` files of hubs, files `elsewhere` (below the root, beside
 * the values files, in the folders of the charts), the names of hubs (`named`), and `keys` of a
 * `cluster.yaml` while values files go. Authors and messages are hostile as well. Answers with how many
 * names of files there are.
 */
export async function hostileCommits(folder: Sandbox, trap: Trap): Promise<number> {
  const paths = trap.names.filter(isGitPath);
  const strange = strangePaths(trap);
  await folder.git("init", "--quiet", "--initial-branch=before");
  await folder.commit("Before");
  const values = paths.map((name, index) => `config/clusters/earth/v${index}/${name}`);
  const folders = ["config/clusters/earth/other", "deployer"];
  const venus = (text: string): FileChange => ({ path: VENUS ?? "", text });
  const commits: readonly (readonly [name: string, changes: readonly FileChange[]])[] = [
    ["values", filesAt(values)],
    [
      "elsewhere",
      filesAt([
        ...folders.flatMap((place) => [
          ...paths.map((name, index) => `${place}/e${index}/${name}`),
          ...strange.map((name) => below(place, name)),
        ]),
        ...withoutConflicts(paths),
      ]),
    ],
    ["named", [venus(venusYaml(paths, (name) => `name: ${name}`))]],
    ["keys", [
      venus(venusYaml(paths, (name, index) => `name: hub-${index}, ? ${name} : {? ${name} : 1}`)),
      ...values.slice(0, NAMES_A_HUB * 10).map((path) => ({ path, kind: "gone" as const })),
    ]],
  ];
  const branches = ["before", ...commits.map(([name]) => name)];
  await fastImport(
    folder.path,
    commits.map(([branch, changes], index) =>
      hostileCommit(trap, { branch, from: branches[index] ?? "", changes })
    ),
  );
  return paths.length + strange.length;
}

export function strangePaths(trap: Trap): readonly Uint8Array[] {
  return BYTES.map((text) => latin1(trap.armHere(text)));
}

/** Files that are new, and all alike. */
export function filesAt(paths: readonly (string | Uint8Array)[]): FileChange[] {
  return paths.map((path) => ({ path, text: "a: 1\n" }));
}

/** A commit; who made it and why is hostile. */
export function hostileCommit({ names }: Trap, commit: Commit): Commit {
  const author = names.join(" ").replace(/[\n\0<>]/g, "").slice(0, 60_000);
  return {
    ...commit,
    author: `${author} <::error::>`,
    message: `\n::error::${names.join("\n").replaceAll("\0", "")}\n`,
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
function venusYaml(names: readonly string[], hub: (name: string, index: number) => string): string {
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

export function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

export function below(folder: string, name: Uint8Array): Uint8Array {
  return Uint8Array.from([...new TextEncoder().encode(`${folder}/`), ...name]);
}
