import { positionOf } from "../text/yaml_tree.ts";
import { loadYaml } from "./load_yaml.ts";

/** What to do where YAML reads a name or a path as a number, or as true or false. */
export function quoteAdvice(text: string, path: readonly PropertyKey[], input: unknown): string {
  if (!["number", "boolean"].includes(typeof input)) return "";
  const { line, column } = positionOf(text, path);
  const [written = ""] = /^[\w.+-]*/.exec(text.split("\n")[line - 1]?.slice(column - 1) ?? "") ??
    [];
  // What an alias stands for is written elsewhere.
  const isWritten = written !== "" && Object.is(loadYaml(written), input);
  return `; write it in quotes${isWritten ? `: "${written}"` : ""}`;
}
