import { parse } from "jsonc-parser";
import type { RepositoryFiles } from "../repository/files.ts";
import type { DENO_JSON } from "./deno_json.ts";
import { readPlain } from "./adopted_files.ts";
import { mapping } from "./workflow_data.ts";

/** Tasks that are called like the command that they run. */
type Task = Extract<keyof typeof DENO_JSON.tasks, "generate" | "validate">;

/** What people type for a task of hubwright's: one of its name may be theirs, and do something else. */
export async function taskCommands(files: RepositoryFiles): Promise<(task: Task) => string> {
  const text = await readPlain(files, "deno.jsonc") ?? await readPlain(files, "deno.json") ?? "";
  const { tasks } = mapping(parse(text, [], { allowTrailingComma: true }));
  const isOthers = (name: string) =>
    Object.hasOwn(mapping(tasks), name) &&
    !JSON.stringify(mapping(tasks)[name]).includes("hubwright");
  return (task) => {
    if (!isOthers(task)) return `deno task ${task}`;
    return isOthers("hubwright")
      ? `deno run -A .hubwright/hubwright.js ${task}`
      : `deno task hubwright ${task}`;
  };
}
