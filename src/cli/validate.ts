import type { OptionTexts } from "../contract/command.ts";
import { validateCommand } from "../contract/validate.ts";
import { formatProblem } from "../errors.ts";
import { formatAnnotation } from "../github/annotation.ts";
import { visible } from "../text/visible.ts";
import { levelOf } from "../validate/checks.ts";
import { findingsJson, findingsTables } from "../validate/findings_report.ts";
import { type Report, validate } from "../validate/validate.ts";
import type { Io } from "./io.ts";
import { isWorkflow } from "./problems.ts";
import { readRepository } from "./read_repository.ts";
import { readOptions } from "./read_values.ts";

/**
 * `hubwright validate`: checks the config and every cluster file, and says all that is wrong at
 * once. Inside a workflow it annotates the files.
 *
 * @throws {UserError} Where there is no such repository.
 */
export async function runValidate(
  texts: OptionTexts<typeof validateCommand>,
  io: Io,
): Promise<number> {
  const options = readOptions(validateCommand, texts);
  const { repository, known } = await readRepository(options.repo ?? ".", options.config);
  const report = validate(repository, known);
  io.out(options.format === "json" ? findingsJson(report) : findingsTables(report, io));
  if (isWorkflow(io)) annotate(report, io);
  const failing = report.errors.length + (options.strict ? report.warnings.length : 0);
  return failing === 0 ? 0 : 1;
}

function annotate({ errors, warnings }: Report, io: Io): void {
  for (const finding of [...errors, ...warnings]) {
    const message = `${visible(formatProblem(finding))} (${finding.rule})`;
    io.err(`${formatAnnotation({ ...finding, message }, levelOf(finding))}\n`);
  }
}
