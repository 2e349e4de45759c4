import { CORE_SCHEMA, load, mergeTag } from "js-yaml";
import type { Problem } from "../errors.ts";
import { lineAndColumn } from "../text/line_and_column.ts";

const YAML_SCHEMA = CORE_SCHEMA.withTags(mergeTag);

/** Reads the YAML of a `cluster.yaml`, or of what describes a chart, with every key that it has. */
export function loadYaml(text: string): unknown {
  return load(text, { schema: YAML_SCHEMA });
}

/** Finds where a file is not UTF-8: its text is lost there. */
export function undecodable(
  { path, text }: { readonly path: string; readonly text: string },
): readonly Problem[] {
  const start = text.indexOf("\uFFFD");
  const message = "Cannot read it: expected text in UTF-8, found other bytes; save it as UTF-8";
  return start < 0 ? [] : [{ file: path, ...lineAndColumn(text, start), message }];
}
