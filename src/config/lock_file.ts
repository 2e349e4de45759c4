import { describeValue, type Problem, UserError } from "../errors.ts";
import { compare } from "../text/compare.ts";
import { findJsonMistake } from "../text/json_mistake.ts";
import { lineAndColumn } from "../text/line_and_column.ts";
import { entriesOf, findNode, readYamlTree, textOf, type YamlTree } from "../text/yaml_tree.ts";
import { isActionName, isCommit, isVersion, type Pins } from "../workflow/lock.ts";
import * as z from "../zod.ts";
import { describeIssue, REPORT_INPUT } from "./issues.ts";

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
      start: findNode(tree, issue.path).value.start,
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
  const sorted = [...pins].sort(([a], [b]) => compare(a, b))
    .map(([name, { version, commit }]) => [name, { version, commit }]);
  return `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`;
}

/** Where a key is repeated, in the file or in an entry. */
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
