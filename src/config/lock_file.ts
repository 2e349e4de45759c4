import { describeValue, type Problem, UserError } from "../errors.ts";
import { lineAndColumn } from "../text/line_and_column.ts";
import { isActionName, isCommit, isVersion, type Pins } from "../workflow/pin.ts";
import { readYamlTree, type YamlTree } from "../text/yaml_tree.ts";
import * as z from "../zod.ts";
import { describeIssue, REPORT_INPUT } from "./issues.ts";
import { findJsonMistake } from "./json_mistake.ts";

const found = (wanted: string) => ({
  error: ({ input }: { readonly input?: unknown }) =>
    `expected ${wanted}, found ${describeValue(input)}`,
});

const LockSchema = z.record(
  z.string(),
  z.strictObject({
    version: z.string().check(z.refine(isVersion, found('a version ("v1.2.3")'))),
    commit: z.string().check(
      z.refine(isCommit, found("a commit of 40 lower-case hexadecimal digits")),
    ),
  }),
);

/**
 * Reads the text of a lock file.
 *
 * @throws {UserError} With everything that is wrong, each at its place.
 */
export function parseLockFile(text: string, file: string): Pins {
  const at = (start: number) => ({ file, ...lineAndColumn(text, start) });
  const mistake = findJsonMistake(text);
  if (mistake !== undefined) {
    const { start, reason } = mistake;
    throw new UserError({ ...at(start), message: `Cannot parse it as JSON: ${reason}` });
  }
  const tree = readYamlTree(text);
  if (tree.kind === "mistake") {
    throw new UserError({ ...at(tree.start), message: `Cannot read it: ${tree.reason}` });
  }
  const parsed = LockSchema.safeParse(JSON.parse(text), REPORT_INPUT);
  const problems: (Problem & { readonly start: number })[] = [
    ...repeatedKeys(tree).map((start) => ({
      start,
      message: "Cannot read it: this key is there twice; remove one of them",
    })),
    ...wrongNames(tree),
    ...(parsed.error?.issues ?? []).map((issue) => ({
      start: findValue(tree, issue.path.map(String)).start,
      message: describeIssue(issue),
    })),
  ];
  if (parsed.success && problems.length === 0) return new Map(Object.entries(parsed.data));
  throw new UserError(
    problems.sort((a, b) => a.start - b.start)
      .map(({ start, message }) => ({ ...at(start), message })),
  );
}

/** Writes pins as the text of a lock file: sorted, so that the same pins give the same text. */
export function formatLockFile(pins: Pins): string {
  const sorted = [...pins].sort(([a], [b]) => a < b ? -1 : 1)
    .map(([name, { version, commit }]) => [name, { version, commit }]);
  return `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`;
}

function entriesOf(tree: YamlTree): readonly (readonly [YamlTree, YamlTree])[] {
  return tree.kind === "map" ? tree.entries : [];
}

function textOf(tree: YamlTree): string {
  return tree.kind === "scalar" ? tree.text : "";
}

/** Where a key stands that is there before, in the file or in an entry. */
function repeatedKeys(tree: YamlTree): readonly number[] {
  const maps = [tree, ...entriesOf(tree).map(([, value]) => value)];
  return maps.flatMap((map) => {
    const names = entriesOf(map).map(([key]) => textOf(key));
    return entriesOf(map).filter((_, index) => names.indexOf(names[index] ?? "") < index)
      .map(([key]) => key.start);
  });
}

function wrongNames(tree: YamlTree) {
  return entriesOf(tree).filter(([key]) => !isActionName(textOf(key))).map(([key]) => ({
    start: key.start,
    message: `Cannot read it: expected the name of an action ("owner/name"), found ${
      describeValue(textOf(key))
    }`,
  }));
}

/** The value at a path, or the nearest around it. */
function findValue(tree: YamlTree, path: readonly string[]): YamlTree {
  const [name, ...rest] = path;
  const [, value] = entriesOf(tree).findLast(([key]) => textOf(key) === name) ?? [];
  return value === undefined ? tree : findValue(value, rest);
}
