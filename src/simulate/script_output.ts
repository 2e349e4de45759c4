import type { Annotation } from "./record.ts";
import { unmodelled } from "./workflow_file.ts";

/**
 * Reads what a step wrote to the file at `GITHUB_OUTPUT` or `GITHUB_ENV`: `NAME=VALUE`, or
 * `NAME<<DELIMITER`, the value's lines and the delimiter.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#environment-files}
 */
export function parseCommandFile(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? "";
    if (line === "") continue;
    const [, name, sign, rest = ""] = /^(.*?)(=|<<)(.*)$/s.exec(line) ?? [];
    if (name === undefined) throw new SyntaxError(`Invalid format '${line}'`);
    if (name === "") throw new SyntaxError(`Invalid format '${line}'. Name must not be empty`);
    if (sign === "=") {
      values.set(name, rest);
      continue;
    }
    if (rest === "") throw new SyntaxError(`Invalid format '${line}'. Delimiter must not be empty`);
    const end = lines.indexOf(rest, index + 1);
    if (end < 0) throw new SyntaxError(`Invalid value. Matching delimiter not found '${rest}'`);
    values.set(name, lines.slice(index + 1, end).join("\n"));
    index = end;
  }
  return values;
}

/** Commands that only shape the log. */
const SILENT = ["debug", "group", "endgroup", "echo", "add-matcher", "remove-matcher"];

/**
 * Reads the commands to the runner in what a step printed, such as `::error file=a::message`: what
 * to show beside the job, and what to mask.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands}
 */
export function readLogCommands(log: string): { annotations: Annotation[]; masks: string[] } {
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
