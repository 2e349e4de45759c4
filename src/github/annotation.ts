import type { Problem } from "../errors.ts";
import { visible } from "../text/visible.ts";

/**
 * Writes a problem as a workflow command that makes GitHub
 * {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message annotate}
 * the file.
 *
 * GitHub shows the decoded lines of the message as lines of the log, so each is made safe to print.
 */
export function formatAnnotation(
  { file, line, column, message }: Problem,
  level: "error" | "warning" | "notice" = "error",
): string {
  const properties = Object.entries({ file, line, col: column })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${level}${properties.length > 0 ? " " : ""}${properties.join(",")}::${escape(message)}`;
}

function escape(text: string): string {
  return text.split("\n").map((line) => visible(line).replaceAll("%", "%25")).join("%0A");
}

function escapeProperty(text: string): string {
  return escape(visible(text)).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
