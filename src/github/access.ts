import { type Problem, UserError } from "../errors.ts";

/** What it takes to reach a repository on GitHub. */
export interface Access {
  /** The token; it appears in no message. */
  readonly token: string;
  /** The address of the API, as in `GITHUB_API_URL`. */
  readonly baseUrl: string;
  /** The repository, as `owner/name`. */
  readonly repository: string;
}

/** Access that can be used: the address is without a trailing slash, the repository taken apart. */
export interface CheckedAccess extends Access {
  /** The part of the repository before the slash. */
  readonly owner: string;
  /** The part of the repository after the slash. */
  readonly repo: string;
}

/**
 * Checks that a token, an address and a repository can be used at all.
 *
 * @throws {UserError} If one is missing or malformed; it names all that are.
 */
export function checkAccess({ token, baseUrl, repository }: Access): CheckedAccess {
  const [, owner = "", repo = ""] = /^([\w.-]+)\/([\w.-]+)$/.exec(repository) ?? [];
  const found = [
    tokenProblem(token),
    /^https?:$/.test(URL.parse(baseUrl)?.protocol ?? "")
      ? undefined
      : `expected the address of its API, such as "https://api.github.com", found ` +
        `${JSON.stringify(baseUrl)}; set GITHUB_API_URL`,
    [owner, repo].some((part) => part === "" || part === "." || part === "..")
      ? `expected a repository as "owner/name", found ${JSON.stringify(repository)}; set ` +
        "GITHUB_REPOSITORY"
      : undefined,
  ];
  const problems: Problem[] = found.filter((message) => message !== undefined)
    .map((message) => ({ message: `Cannot connect to GitHub: ${message}` }));
  if (problems.length > 0) throw new UserError(problems);
  return { token, baseUrl: baseUrl.replace(/\/+$/, ""), repository, owner, repo };
}

function tokenProblem(token: string): string | undefined {
  if (token === "") {
    return "expected a token, found none; pass one to this step, in a workflow github.token";
  }
  return /^[\x21-\x7e]+$/.test(token)
    ? undefined
    : "expected a token without spaces and line breaks; pass it as GitHub gave it";
}
