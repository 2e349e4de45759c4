import { UserError } from "../errors.ts";
import { runGit } from "../git/git.ts";
import { apiOf, isGitHubs, pagesOf, parseRemote, type Remote } from "../github/remote.ts";
import { visible } from "../text/visible.ts";

/** The variables that say where GitHub is, and who asks. */
type AccessVariables = Readonly<
  Record<
    "GITHUB_TOKEN" | "GH_TOKEN" | "GITHUB_REPOSITORY" | "GITHUB_API_URL" | "GITHUB_SERVER_URL",
    string | undefined
  >
>;

export interface GitHubAccess {
  readonly token: string;
  readonly baseUrl: string;
  readonly repository: string;
  readonly page: string;
}

/**
 * Finds out how a person reaches the repository on GitHub that a clone is of.
 *
 * @throws {UserError} Where the repository or a token is not to be found.
 */
export async function findAccess(repo: string, variables: AccessVariables): Promise<GitHubAccess> {
  const { GITHUB_REPOSITORY, GITHUB_API_URL, GITHUB_SERVER_URL } = variables;
  const { host, repository } = GITHUB_REPOSITORY === undefined
    ? await readOrigin(repo)
    : { host: "github.com", repository: GITHUB_REPOSITORY };
  const baseUrl = GITHUB_API_URL ?? apiOf(host);
  return {
    token: await findToken(host, variables),
    baseUrl,
    repository,
    page: `${GITHUB_SERVER_URL ?? pagesOf(baseUrl)}/${repository}`,
  };
}

async function readOrigin(repo: string): Promise<Remote> {
  const { ok, text } = await runGit(repo, ["remote", "get-url", "origin"]);
  const address = text.trim();
  const remote = ok ? parseRemote(address) : undefined;
  if (remote !== undefined) return remote;
  // What comes before the host may be a password.
  const shown = visible(JSON.stringify(address.replace(/\/\/[^@/]*@/, "//")));
  throw new UserError(
    "Cannot tell which repository on GitHub this is: expected git's remote origin to be one, " +
      `found ${ok ? shown : "no such remote"}; set GITHUB_REPOSITORY to its owner/name`,
  );
}

/**
 * Finds a token. Those in the usual variables are for GitHub itself: to a host that only the remote
 * names, they do not go.
 */
async function findToken(
  host: string,
  { GITHUB_TOKEN, GH_TOKEN, GITHUB_API_URL }: AccessVariables,
): Promise<string> {
  const given = GITHUB_TOKEN ?? GH_TOKEN;
  const isMeant = GITHUB_API_URL !== undefined || isGitHubs(host);
  if (isMeant && given !== undefined) return given;
  const { token, denied } = await tokenOfGh(host);
  if (token !== undefined) return token;
  const login = denied
    ? "let Deno start gh with --allow-run"
    : `run "gh auth login${host === "github.com" ? "" : ` --hostname ${host}`}"`;
  throw new UserError(
    given === undefined
      ? "Cannot connect to GitHub: expected a token in GITHUB_TOKEN or GH_TOKEN, or from " +
        `"gh auth token", found none; set one that has the permission "deployments: read", or ${login}`
      : `Cannot connect to GitHub: expected a token for ${host}, found one that may not be for it; ` +
        `set GITHUB_API_URL to ${apiOf(host)} where it is, or ${login}`,
  );
}

/** The token that GitHub's own command line has for a host, where that is there and logged in. */
async function tokenOfGh(
  host: string,
): Promise<{ readonly token?: string; readonly denied?: boolean }> {
  try {
    const { success, stdout } = await new Deno.Command("gh", {
      args: ["auth", "token", "--hostname", host],
      stdin: "null",
      stdout: "piped",
      stderr: "null",
    }).output();
    const token = new TextDecoder().decode(stdout).trim();
    return success && token !== "" ? { token } : {};
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return {};
    if (error instanceof Deno.errors.NotCapable) return { denied: true };
    throw error;
  }
}
