import { markdownTable } from "markdown-table";
import { LINT_RULES } from "../src/workflow/lint/all_rules.ts";
import type { TextFile } from "../src/drift/differences.ts";
import { GENERATED } from "../workflows/header.ts";

/** The page of the docs that lists the lint rules. */
export function lintingPage(): TextFile {
  const rows = LINT_RULES.map(({ id, refuses, why, fix }) => [
    `\`${id}\``,
    ...[refuses, why, fix].map((text) => text.replaceAll("|", "\\|")),
  ]);
  const table = markdownTable([["rule", "what is refused", "why", "how to fix it"], ...rows]);
  return {
    path: "docs/linting.md",
    text: `<!-- ${GENERATED}: change src/workflow/lint, then run \`deno task generate\`. -->

# What no generated workflow may have

\`hubwright generate\` refuses a workflow that has one of these, whether a definition of hubwright or
a setup step of the config brought it in. Every message names the workflow's file, the job, the step
and the rule, and says how to fix it. Everything is said at once, and nothing is written.

The rules look at the generated workflows alone. What an action does is not seen, a local one's
steps included, nor what a script does beyond its text: keep a security linter for those.

${table}

Whether something can run on a pull request is not read off the text of a condition. The condition
is evaluated with what is certain on a pull request (the event, and that what needs a job that
cannot run cannot run either); everything else may be anything. What may come to true can run.

Some of what linters look for cannot be written down at all: a definition has no place for
\`secrets: inherit\`, for \`cancel-in-progress\`, or for a trigger other than the three, and a script
made of an expression does not compile. The rules look for these all the same, since a config is
read without being compiled.
`,
  };
}
