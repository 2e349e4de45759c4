import { UserError } from "../errors.ts";
import { visible } from "../text/visible.ts";

const RUN_PAGE =
  /^https:\/\/[a-z0-9.-]+(?::\d+)?\/([\w.-]+\/[\w.-]+)\/actions\/runs\/\d+(?:\/attempts\/\d+)?$/;

/** Checks the address of the page of a run, which a comment links to. */
export function checkRunPage(url: string, repository: string): string {
  const found = url.length > 500 ? undefined : RUN_PAGE.exec(url)?.[1];
  if (found?.toLowerCase() === repository.toLowerCase()) return url;
  throw new UserError(
    `Cannot read "RUN_URL": expected the page of a run of ${visible(repository)}, https://.../` +
      `actions/runs/..., found "${visible(url.slice(0, 500))}"; the step that calls ` +
      `"hubwright comment" sets this variable`,
  );
}
