import type { Problem } from "../errors.ts";
import { keyPositionOf, positionOf } from "../text/yaml_tree.ts";
import { lineAndColumn } from "../text/line_and_column.ts";
import type { ClusterDocument, Repository } from "./repository.ts";

/** Something wrong with a value in a `cluster.yaml`. */
export function problemAt(
  { file }: ClusterDocument,
  path: readonly PropertyKey[],
  message: string,
): Problem {
  return { file: file.path, ...positionOf(file.text, path), message };
}

/** Something wrong with a key in a `cluster.yaml`. */
export function problemAtKey(
  { file }: ClusterDocument,
  path: readonly PropertyKey[],
  message: string,
): Problem {
  return { file: file.path, ...keyPositionOf(file.text, path), message };
}

/** Something wrong with a text in the config, at its place where the text is there once. */
export function problemInConfig(
  { settings: { file }, configText }: Pick<Repository, "settings" | "configText">,
  text: string,
  message: string,
): Problem {
  const places = [JSON.stringify(text), `'${text}'`, `\`${text}\``].flatMap((literal) => {
    const first = configText.indexOf(literal);
    return first < 0 || configText.includes(literal, first + 1) ? [] : [first];
  });
  const [offset, ...others] = places;
  if (offset === undefined || others.length > 0) return { file, message };
  return { file, ...lineAndColumn(configText, offset), message };
}
