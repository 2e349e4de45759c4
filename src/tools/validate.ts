import { readRepository } from "../validate/read_repository.ts";
import { formatProblem } from "../errors.ts";
import { formatAnnotation } from "../github/annotation.ts";
import type { Io } from "../io/io.ts";
import { isWorkflow } from "../io/problems.ts";
import { visible } from "../text/visible.ts";
import { levelOf } from "../validate/checks.ts";
import { findingsJson, findingsTables } from "../validate/findings_report.ts";
import { type Report, validate } from "../validate/validate.ts";
import { command } from "../contract/command.ts";
import { formatOption } from "../contract/common.ts";

/** `hubwright validate`: what is wrong in an infrastructure repository. */
export const validateCommand = command({
  name: "validate",
  summary: "Check the config and every cluster file, and report everything at once",
  examples: [
    ["hubwright validate", "exit with 1 if anything is certainly wrong"],
    ["hubwright validate --strict", "exit with 1 also if something is probably wrong"],
    ["hubwright validate --format json | jq .warnings", "the warnings, for a machine"],
  ],
  options: {
    strict: { help: "Fail on warnings as well" },
    format: formatOption("what is wrong", ["table", "json"]),
  },
  access: { read: ["."] },
  async run({ options, io }) {
    const { repository, known } = await readRepository(options.repo ?? ".", options.config);
    const report = validate(repository, known);
    io.out(options.format === "json" ? findingsJson(report) : findingsTables(report, io));
    if (isWorkflow(io)) annotate(report, io);
    const failing = report.errors.length + (options.strict ? report.warnings.length : 0);
    return failing === 0 ? 0 : 1;
  },
});

function annotate({ errors, warnings }: Report, io: Io): void {
  for (const finding of [...errors, ...warnings]) {
    const message = `${visible(formatProblem(finding))} (${finding.rule})`;
    io.err(`${formatAnnotation({ ...finding, message }, levelOf(finding))}\n`);
  }
}
