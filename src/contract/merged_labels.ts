import type { Settings } from "../config/settings.ts";
import type { Change } from "../git/change.ts";
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
 */
export async function readLabels(
  options: ChangeOptions,
  variables: LabelVariables,
  settings: Settings,
  change: Change,
  io: Io,
): Promise<readonly string[]> {
  if (options.labels !== undefined) return options.labels;
  const { GITHUB_EVENT_NAME, GITHUB_TOKEN, GITHUB_API_URL, GITHUB_REPOSITORY } = variables;
  if (GITHUB_EVENT_NAME !== "push" || change.head === "") return [];
  if (!GITHUB_TOKEN || !GITHUB_API_URL || !GITHUB_REPOSITORY) return [];
  const github = connect({
    token: GITHUB_TOKEN,
    baseUrl: GITHUB_API_URL,
    repository: GITHUB_REPOSITORY,
    log: (line) => io.err(`${line}\n`),
  });
  return await labelsOfMergedPullRequest(github, change.head, settings.defaultBranch);
}
