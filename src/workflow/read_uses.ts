import type { Problem } from "../errors.ts";
import { lineAndColumn, type Position } from "../text/line_and_column.ts";
import { explainYamlMistake } from "../text/yaml_slips.ts";
import { entriesOf, readYamlTree, textOf, type YamlTree } from "../text/yaml_tree.ts";
import type { Pin } from "./lock.ts";

/** A place in a generated workflow that uses an action of another repository. */
export interface Use extends Position {
  readonly file: string;
  readonly name: string;
  /** What is behind the `@`, and the comment behind that; each is empty where there is none. */
  readonly pin: Pin;
}

/**
 * Reads which actions of other repositories a workflow file uses. Only what GitHub reads as
 * `uses` counts, not what looks like it in a script.
 */
export function readUses(
  { path, text }: { readonly path: string; readonly text: string },
): { readonly uses: readonly Use[]; readonly problems: readonly Problem[] } {
  const at = (start: number) => ({ file: path, ...lineAndColumn(text, start) });
  const tree = readYamlTree(text);
  if (tree.kind === "mistake") {
    const { start, reason } = explainYamlMistake(text, tree);
    const message = `Cannot parse it as YAML: ${reason}`;
    return { uses: [], problems: [{ ...at(start), message }] };
  }
  const jobs = valuesOf(tree, "jobs").flatMap(childrenOf);
  const steps = jobs.flatMap((job) => valuesOf(job, "steps")).flatMap(childrenOf);
  const values = [...jobs, ...steps].flatMap((node) => valuesOf(node, "uses"));
  return {
    uses: values.flatMap((value) => {
      if (value.kind !== "scalar" || value.text.startsWith("./")) return [];
      const [name = "", ...ref] = value.text.split("@");
      const [rest = ""] = text.slice(value.end).split("\n", 1);
      const version = /^\s+#(.*)$/.exec(rest.trimEnd())?.[1]?.trim() ?? "";
      return [{ ...at(value.start), name, pin: { commit: ref.join("@"), version } }];
    }),
    problems: values.filter(({ kind }) => kind !== "scalar").map(({ start }) => ({
      ...at(start),
      message: "Cannot read it: expected the name of an action",
    })),
  };
}

function childrenOf(tree: YamlTree): readonly YamlTree[] {
  return tree.kind === "list" ? tree.items : entriesOf(tree).map(([, value]) => value);
}

function valuesOf(tree: YamlTree, name: string): readonly YamlTree[] {
  return entriesOf(tree).filter(([key]) => textOf(key) === name).map(([, value]) => value);
}
