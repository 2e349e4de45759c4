import type { Settings } from "../config/settings.ts";
import type { Change } from "../git/change.ts";
import { UserError } from "../errors.ts";
import { runGit } from "../git/git.ts";
import { connect } from "../github/api.ts";
import { labelsOfMergedPullRequest } from "../github/pull_request_labels.ts";
import type { Io } from "../io/io.ts";
import type { ChangeOptions } from "./change_options.ts";

/** The variables through which GitHub can be asked. */
export interface LabelVariables {
  readonly GITHUB_EVENT_NAME: string | undefined;
  readonly GITHUB_TOKEN: string | undefined;
  readonly GITHUB_API_URL: string | undefined;
  readonly GITHUB_REPOSITORY: string | undefined;
}

/**
 * The labels that count: those that are given, or on a push those of the pull request that it
 * merged, which GitHub knows.
 *
 * @throws {UserError} Where GitHub cannot be asked or does not say: a label may hold the push back.
 */
export async function readLabels(
  options: ChangeOptions & { readonly repo?: string },
  variables: LabelVariables,
  settings: Settings,
  change: Change,
  io: Io,
): Promise<readonly string[]> {
  if (options.labels !== undefined) return options.labels;
  const { GITHUB_EVENT_NAME, ...access } = variables;
  if (GITHUB_EVENT_NAME !== "push" || change.head === "") return [];
  const { GITHUB_TOKEN, GITHUB_API_URL, GITHUB_REPOSITORY } = access;
  if (!GITHUB_TOKEN || !GITHUB_API_URL || !GITHUB_REPOSITORY) {
    const missing = (["GITHUB_TOKEN", "GITHUB_API_URL", "GITHUB_REPOSITORY"] as const)
      .filter((name) => !access[name]);
    throw new UserError(
      `Cannot read the labels of the merged pull request: ${missing.join(" and ")} ` +
        `${missing.length === 1 ? "is" : "are"} not set; set it, or give the labels with ` +
        "--labels, '[]' for none",
    );
  }
  const github = connect({
    token: GITHUB_TOKEN,
    baseUrl: GITHUB_API_URL,
    repository: GITHUB_REPOSITORY,
    log: (line) => io.err(`${line}\n`),
  });
  return await labelsOfMergedPullRequest(github, {
    sha: change.head,
    subject: await subjectOf(options.repo ?? ".", change.head),
    defaultBranch: settings.defaultBranch,
  });
}

/** The first line of a commit's message. */
async function subjectOf(repo: string, sha: string): Promise<string> {
  const { text } = await runGit(repo, ["log", "-1", "--no-show-signature", "--format=%s", sha]);
  return text.trim();
}
