import { CORE_SCHEMA, load, mergeTag } from "js-yaml";

const YAML_SCHEMA = CORE_SCHEMA.withTags(mergeTag);

/** Reads the YAML of a `cluster.yaml`, or of what describes a chart, with every key that it has. */
export function loadYaml(text: string): unknown {
  return load(text, { schema: YAML_SCHEMA });
}
