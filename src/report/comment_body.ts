import { COMMENT_MARKER } from "../github/comment_marker.ts";
import type { Plan } from "../plan/schema.ts";
import type { TaskPlan } from "../tasks/task_plan.ts";
import { planMarkdown } from "./markdown.ts";
import { link } from "./markdown_text.ts";
import { taskMarkdown } from "./task_report.ts";

/** How many characters a comment on GitHub may have; ours are ASCII, so that they are as many bytes. */
export const COMMENT_LIMIT = 65_536;

/** How many of them are left for the warning that a comment is out of date. */
const WARNING_LIMIT = 1_000;

/** The second line of a comment: what its plan was made for. */
const MADE_FOR = /^<!-- ([0-9a-f]{40,64}) (\S+) -->\n/;

const WARNING = /^> \[!WARNING\]\n> [^\n]*\n\n/;

/** The state of a pull request that a plan is made for. */
export interface PlannedState {
  readonly headSha: string;
  readonly baseRef: string;
}

/** Writes the comment that says what merging a pull request would deploy, and what is owed apart. */
export function commentBody(
  plan: Plan | TaskPlan,
  state: PlannedState,
  runUrl: string,
  { owed = "", marker = COMMENT_MARKER }: { readonly owed?: string; readonly marker?: string } = {},
): string {
  const start = `${marker}\n<!-- ${state.headSha} ${encodeURIComponent(state.baseRef)} -->\n`;
  const repository = runUrl.replace(/\/actions\/runs\/.*/, "");
  const end = `${owed}\nPlanned for ${linkCommit(repository, state.headSha)} in ` +
    `${link("this run", runUrl)}, by the code and the config of the pull request itself.\n`;
  const limit = COMMENT_LIMIT - WARNING_LIMIT - start.length - end.length;
  const subject = owed === "" ? undefined : "By itself, merging this";
  const options = { limit, runUrl, event: "pull_request", subject };
  const text = "task" in plan ? taskMarkdown(plan, options) : planMarkdown(plan, options);
  return `${start}${text}${end}`;
}

/**
 * Marks a comment as out of date, where the pull request is no longer in the state that its plan was
 * made for; `undefined` where it is. The plan stays readable below the warning.
 */
export function outdatedBody(
  body: string,
  { headSha, baseRef }: PlannedState,
  repository: string,
  marker: string = COMMENT_MARKER,
): string | undefined {
  const text = body.slice(`${marker}\n`.length);
  const [start = "", madeFor, base] = MADE_FOR.exec(text) ?? [];
  if (madeFor === headSha && base === encodeURIComponent(baseRef)) return undefined;
  const was = madeFor === undefined ? "an earlier commit" : linkCommit(repository, madeFor);
  const now = madeFor === headSha
    ? "the pull request goes to another branch now"
    : `the pull request is at ${linkCommit(repository, headSha)} now`;
  const plan = text.slice(start.length).replace(WARNING, "");
  return `${marker}\n${start}> [!WARNING]\n> This plan is out of date: it was made for ` +
    `${was}, and ${now}. If a run plans that, its plan replaces this one.\n\n${plan}`;
}

function linkCommit(repository: string, sha: string): string {
  return link(sha.slice(0, 7), `${repository}/commit/${sha}`);
}
