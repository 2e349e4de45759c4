import type { Annotation } from "./record.ts";
import { unmodelled } from "./unmodelled.ts";

/** Commands that only shape the log. */
const SILENT = ["debug", "group", "endgroup", "echo", "add-matcher", "remove-matcher"];

/** What the lines of a log told the runner. */
export interface LogCommands {
  /** What to show beside the job. */
  readonly annotations: readonly Annotation[];
  readonly masks: readonly string[];
}

/**
 * Reads the commands to the runner in what a step printed: `::error file=a::message`, for
 * example.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands}
 */
export function readLogCommands(log: string): LogCommands {
  const annotations: Annotation[] = [];
  const masks: string[] = [];
  for (const line of log.split("\n")) {
    const [, name = "", text = ""] =
      /^\s*::([\w-]+)(?:\s[^:]*(?::(?!:)[^:]*)*)?::(.*)$/.exec(line) ?? [];
    const message = text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
    if (name === "error" || name === "warning" || name === "notice") {
      annotations.push({ level: name, message });
    } else if (name === "add-mask") masks.push(message);
    else if (name !== "" && !SILENT.includes(name)) {
      throw unmodelled(`the workflow command "::${name}::"`);
    }
  }
  return { annotations, masks };
}
