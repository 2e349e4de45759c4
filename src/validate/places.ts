import type { Settings } from "../config/settings.ts";
import { keyPositionOf, positionOf } from "../text/yaml_tree.ts";
import { lineAndColumn } from "../text/line_and_column.ts";
import type { Finding, FindingRule } from "./finding.ts";
import type { ClusterDocument } from "./repository.ts";

/** Makes a finding about a value in a `cluster.yaml`. */
export function findingAt(
  rule: FindingRule,
  { file }: ClusterDocument,
  path: readonly PropertyKey[],
  message: string,
): Finding {
  return { rule, file: file.path, ...positionOf(file.text, path), message };
}

/** Makes a finding about a key in a `cluster.yaml`. */
export function findingAtKey(
  rule: FindingRule,
  { file }: ClusterDocument,
  path: readonly PropertyKey[],
  message: string,
): Finding {
  return { rule, file: file.path, ...keyPositionOf(file.text, path), message };
}

/** Makes a finding about a text in the config, at its place where the text stands there once. */
export function findingInConfig(
  rule: FindingRule,
  { settings, configText }: {
    readonly settings: Pick<Settings, "file">;
    readonly configText: string;
  },
  text: string,
  message: string,
): Finding {
  const places = [JSON.stringify(text), `'${text}'`, `\`${text}\``]
    .flatMap((literal) => {
      const first = configText.indexOf(literal);
      return first < 0 || configText.includes(literal, first + 1) ? [] : [first];
    });
  const [offset, ...others] = places;
  if (offset === undefined || others.length > 0) return { rule, file: settings.file, message };
  return { rule, file: settings.file, ...lineAndColumn(configText, offset), message };
}
