import type { Settings } from "../config/settings.ts";
import type { Change } from "../git/change.ts";
import { UserError } from "../errors.ts";
import { runGit } from "../git/git.ts";
import { labelsOfMergedPullRequest } from "../github/pull_request_labels.ts";
import type { Io } from "../io/io.ts";
import { type ApiAccess, connectApi } from "./api_access.ts";
import type { ChangeOptions } from "./change_options.ts";

/**
 * The labels that count: those that are given, or on a push those of the pull request that it
 * merged, which GitHub knows. Where GitHub cannot be asked nothing is planned, since a label may
 * hold the push back.
 */
export async function readLabels(
  { labels, repo = ".", branch }: ChangeOptions & {
    readonly repo?: string;
    readonly branch?: string | undefined;
  },
  variables: ApiAccess & { readonly GITHUB_EVENT_NAME: string | undefined },
  { defaultBranch }: Settings,
  { head: sha }: Change,
  io: Io,
): Promise<readonly string[]> {
  if (labels !== undefined) return labels;
  if (variables.GITHUB_EVENT_NAME !== "push" || sha === "") return [];
  const missing = (["GITHUB_TOKEN", "GITHUB_API_URL", "GITHUB_REPOSITORY"] as const)
    .filter((name) => !variables[name]);
  if (missing.length > 0) {
    throw new UserError(
      `Cannot read the labels of the merged pull request: ${missing.join(" and ")} ` +
        `${missing.length === 1 ? "is" : "are"} not set; set it, or give the labels with ` +
        "--labels, '[]' for none",
    );
  }
  const github = connectApi(variables, io);
  const log = ["log", "-1", "--no-show-signature", "--format=%s", sha];
  const subject = (await runGit(repo, log)).text.trim();
  return await labelsOfMergedPullRequest(github, {
    sha,
    subject,
    defaultBranch: branch ?? defaultBranch,
  });
}
