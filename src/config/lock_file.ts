import { describeValue, type Problem, thrownText, UserError } from "../errors.ts";
import { compare } from "../text/compare.ts";
import { findJsonMistake } from "../text/json_mistake.ts";
import { lineAndColumn } from "../text/line_and_column.ts";
import { entriesOf, findNode, readYamlTree, textOf } from "../text/yaml_tree.ts";
import {
  isActionName,
  isCommit,
  isVersion,
  type Lock,
  LOCK_FILE,
  type Pins,
} from "../workflow/lock.ts";
import { OWN_PINS } from "../workflow/own_lock.ts";
import * as z from "../zod.ts";
import { isMissing } from "./import_config.ts";
import { describeIssue, mustBe, REPORT_INPUT } from "./issues.ts";

const LockSchema = z.record(
  z.string(),
  z.strictObject({
    version: z.string().check(mustBe('a version ("v1.2.3")', isVersion)),
    commit: z.string().check(mustBe("a commit of 40 lower-case hexadecimal digits", isCommit)),
  }),
);

/** Reads the text of a lock file; it throws everything that is wrong, each at its place. */
export function parseLockFile(text: string, file: string): Pins {
  const at = (start: number, message: string): Problem => ({
    file,
    ...lineAndColumn(text, start),
    message,
  });
  const mistake = findJsonMistake(text);
  if (mistake !== undefined) {
    throw new UserError(at(mistake.start, `Cannot parse it as JSON: ${mistake.reason}`));
  }
  const tree = readYamlTree(text);
  if (tree.kind === "mistake") {
    throw new UserError(at(tree.start, `Cannot read it: ${tree.reason}`));
  }
  const parsed = LockSchema.safeParse(JSON.parse(text), REPORT_INPUT);
  const pins = entriesOf(tree);
  const repeated = [pins, ...pins.map(([, pin]) => entriesOf(pin))].flatMap((entries) =>
    [...Map.groupBy(entries, ([key]) => textOf(key)).values()].flatMap(([, ...again]) => again)
  );
  const problems: (readonly [start: number, message: string])[] = [
    ...repeated.map(([{ start }]) =>
      [start, "Cannot read it: this key is there twice; remove one of them"] as const
    ),
    ...pins.filter(([name]) => !isActionName(textOf(name))).map(([name]) =>
      [
        name.start,
        'Cannot read it: expected the name of an action ("owner/name"), found ' +
        describeValue(textOf(name)),
      ] as const
    ),
    ...(parsed.error?.issues ?? []).map((issue) =>
      [findNode(tree, issue.path).value.start, describeIssue(issue)] as const
    ),
  ];
  if (parsed.success && problems.length === 0) return new Map(Object.entries(parsed.data));
  throw new UserError(problems.sort(([a], [b]) => a - b).map((problem) => at(...problem)));
}

/** Writes pins as the text of a lock file: sorted, so that the same pins give the same text. */
export function formatLockFile(pins: Pins): string {
  const sorted = [...pins].sort(([a], [b]) => compare(a, b))
    .map(([name, { version, commit }]) => [name, { version, commit }]);
  return `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`;
}

/** Loads the lock of a repository; where it has none, hubwright's own holds. */
export async function loadLock(repo: string): Promise<Lock> {
  return parseLock(await readLock(repo));
}

export function parseLock(text: string | undefined): Lock {
  const repository = text === undefined ? new Map() : parseLockFile(text, LOCK_FILE);
  return { repository, hubwright: OWN_PINS };
}

export async function readLock(repo: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(`${repo}/${LOCK_FILE}`);
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) throw error;
    // Reading the clusters says where the repository is not a folder.
    if (isMissing(error)) return undefined;
    throw new UserError({ file: LOCK_FILE, message: `Cannot read it: ${thrownText(error)}` });
  }
}
