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
    const [equals, heredoc] = [line.indexOf("="), line.indexOf("<<")];
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      values.set(nameOf(line.slice(0, equals), line), line.slice(equals + 1));
      continue;
    }
    if (heredoc < 0) throw new SyntaxError(`Invalid format '${line}'`);
    const name = nameOf(line.slice(0, heredoc), line);
    const delimiter = line.slice(heredoc + 2);
    if (delimiter === "") {
      throw new SyntaxError(`Invalid format '${line}'. Delimiter must not be empty`);
    }
    const end = lines.indexOf(delimiter, index + 1);
    if (end < 0) {
      throw new SyntaxError(`Invalid value. Matching delimiter not found '${delimiter}'`);
    }
    values.set(name, lines.slice(index + 1, end).join("\n"));
    index = end;
  }
  return values;
}

/**
 * Reads what a step wrote to the file at `GITHUB_PATH`: a folder a line.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#adding-a-system-path}
 */
export function parsePathFile(text: string): readonly string[] {
  return text.split(/\r?\n/).filter((line) => line !== "");
}

function nameOf(name: string, line: string): string {
  if (name === "") throw new SyntaxError(`Invalid format '${line}'. Name must not be empty`);
  return name;
}
