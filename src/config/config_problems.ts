import type { Problem } from "../errors.ts";
import type * as z from "../zod.ts";
import { placeOfKey } from "./config_place.ts";
import { describeIssue, describeUnknownKey } from "./issues.ts";

/** The file of a config and its text, in which the places of mistakes are looked for. */
export interface ConfigSource {
  readonly file: string;
  readonly text: string;
}

/** A mistake with its place; each unknown key is a mistake of its own. */
export function problemsOf(
  issue: z.core.$ZodIssue,
  { file, text }: ConfigSource,
  known: readonly string[],
): readonly Problem[] {
  if (issue.code !== "unrecognized_keys") {
    return [{ file, ...placeOfKey(text, issue.path), message: describeIssue(issue) }];
  }
  return issue.keys.map((key) => ({
    file,
    ...placeOfKey(text, [key]),
    message: describeUnknownKey(issue.path, key, known),
  }));
}

export function keysAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const [key, ...rest] = path;
  switch (def.type) {
    case "optional":
    case "default":
    case "prefault":
    case "readonly":
      return keysAt(def.innerType, path);
    case "pipe":
      return [...keysAt(def.in, path), ...keysAt(def.out, path)];
    case "union":
      return def.options.flatMap((option) => keysAt(option, path));
    case "array":
      return keysAt(def.element, rest);
    case "record":
      return keysAt(def.valueType, rest);
    case "object": {
      if (key === undefined) return Object.keys(def.shape);
      const inner = def.shape[String(key)];
      return inner === undefined ? [] : keysAt(inner, rest);
    }
    default:
      return [];
  }
}
