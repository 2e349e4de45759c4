/** A call to GitHub's API, with the words for what to say where it fails. */
export interface Call {
  /** The method and the path, as GitHub's documentation gives them. */
  readonly route: `${"GET" | "POST" | "PATCH" | "DELETE"} /repos/{owner}/{repo}/${string}`;
  /** The parameters of the path and of the body, other than `owner` and `repo`. */
  readonly parameters: Readonly<Record<string, string | number>>;
  /** What fails with the call, for instance `Cannot read the comments of pull request 7`. */
  readonly failing: string;
  /** What the call is about, for instance `pull request 7`. */
  readonly subject: string;
  /** What the job's `permissions` must hold, for instance `pull-requests: read`. */
  readonly permission: string;
  /** What GitHub accepts, where it can refuse what it is given. */
  readonly accepted?: string;
}
