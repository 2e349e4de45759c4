import * as yaml from "js-yaml";
import { type ClusterChange, compareClusters, type InertKeys } from "../plan/cluster_change.ts";
import type { KeyChange } from "../plan/key_changes.ts";

/** What a scalar without quotes may be, other than text, to a reader of YAML 1.1 or of YAML 1.2. */
const TYPED = [
  ...[yaml.boolCoreTag, yaml.floatCoreTag, yaml.intCoreTag],
  ...[
    yaml.boolYaml11Tag,
    yaml.floatYaml11Tag,
    yaml.intYaml11Tag,
    yaml.nullYaml11Tag,
    yaml.timestampTag,
  ],
];

/**
 * Marks a scalar that is not text. A number is compared as it is written: read as a number it would
 * lose digits, and `1.0` and `1` are not the same to every reader.
 */
const NO_TEXT = "\0";

const typedTag = yaml.defineScalarTag<string | null>("!typed", {
  implicit: true,
  resolve: (source) => {
    if (/^(?:~|null|)$/i.test(source)) return null;
    if (/^(?:true|false)$/i.test(source)) return `${NO_TEXT}${source.toLowerCase()}`;
    return TYPED.some((tag) => tag.resolve(source, false, tag.tagName) !== yaml.NOT_RESOLVED)
      ? `${NO_TEXT}${source}`
      : yaml.NOT_RESOLVED;
  },
  identify: () => false,
});

const textTag = yaml.defineScalarTag<string>("tag:yaml.org,2002:str", {
  resolve: (source) => source.replaceAll(NO_TEXT, NO_TEXT + NO_TEXT),
  identify: () => false,
});

/** YAML in which text and what is not text stay apart, however a reader takes it. */
const COMPARED_SCHEMA = yaml.FAILSAFE_SCHEMA.withTags(typedTag, textTag, yaml.mergeTag);

/**
 * Compares two versions of a `cluster.yaml` by meaning: comments, the order of keys, quotes around
 * text and formatting do not count.
 */
export function compareClusterFiles(
  before: string | undefined,
  after: string | undefined,
  inert: InertKeys,
): ClusterChange {
  if (after === undefined) return { kind: "removed" };
  if (before === undefined) return { kind: "unknown", why: "it is new" };
  const [old, current] = [parse(before), parse(after)];
  if (old === undefined) return { kind: "unknown", why: "its version before cannot be read" };
  if (current === undefined) return { kind: "unknown", why: "it cannot be compared" };
  return asWritten(compareClusters(old.value, current.value, inert));
}

/** What a file holds; `undefined` where that cannot be told, as where it is not UTF-8. */
function parse(text: string): { readonly value: unknown } | undefined {
  if (text.includes("\uFFFD")) return undefined;
  try {
    return { value: yaml.load(text, { schema: COMPARED_SCHEMA }) };
  } catch (error) {
    if (error instanceof yaml.YAMLException) return undefined;
    throw error;
  }
}

/** The changes with keys and scalars as the file has them. */
function asWritten(change: ClusterChange): ClusterChange {
  if (change.kind !== "compared") return change;
  const hubs = new Map(
    [...change.hubs].map(([hub, changes]) => [scalarAsWritten(hub), changes.map(changeAsWritten)]),
  );
  return {
    ...change,
    cluster: change.cluster.map(changeAsWritten),
    support: change.support.map(changeAsWritten),
    hubs,
    // A hub whose name was put in quotes, or taken out of them, is still there.
    removedHubs: change.removedHubs.map(scalarAsWritten).filter((hub) => !hubs.has(hub)),
  };
}

function changeAsWritten({ path, before, after }: KeyChange): KeyChange {
  return {
    path: path.map(scalarAsWritten),
    before: scalarAsWritten(before),
    after: scalarAsWritten(after),
  };
}

function scalarAsWritten<Value>(value: Value): Value | string {
  return typeof value === "string" && value.startsWith(NO_TEXT)
    ? value.slice(NO_TEXT.length)
    : value;
}
