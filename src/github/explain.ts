import { visible } from "../text/visible.ts";
import type { Call } from "./call.ts";
import type { Failure, Refused } from "./failure.ts";

/** How much of what others say goes into a message. */
const QUOTED = 300;

/** What to do where GitHub itself may be down. */
const RERUN = "rerun the job; https://www.githubstatus.com says whether GitHub is well";

/** Says what happened, for a line of a log. */
export function summarize(failure: Failure): string {
  switch (failure.kind) {
    case "refused":
      return `GitHub answered ${failure.status}${quote(failure.message)}`;
    case "limited":
      return `GitHub takes no more calls until ${timestamp(failure.until)}` +
        quote(failure.message);
    case "unreachable":
      return `GitHub at ${visible(failure.host)} is out of reach${quote(failure.message)}`;
    case "denied":
      return `Deno denies access to ${visible(failure.host)}`;
    case "late":
      return `GitHub did not answer within ${failure.seconds} s`;
    case "elsewhere":
      return `GitHub at ${visible(failure.from)} points to ${visible(failure.to)}, ` +
        "which must not see the token";
    case "unreadable":
      return `GitHub at ${visible(failure.host)} gave an unknown answer${quote(failure.message)}`;
  }
}

/** Says what failed, what happened and how to mend it. */
export function explain(failure: Failure, call: Call): string {
  return `${call.failing}: ${summarize(failure)}; ${mend(failure, call)}`;
}

function mend(failure: Failure, call: Call): string {
  switch (failure.kind) {
    case "refused":
      return mendRefused(failure, call);
    case "limited":
      return "rerun the job after that";
    case "unreachable":
      return `check GITHUB_API_URL and the runner's network, then ${RERUN}`;
    case "denied":
      return `add --allow-net=${visible(failure.host)} to the command that starts hubwright`;
    case "late":
      return RERUN;
    case "elsewhere":
    case "unreadable":
      return "check that GITHUB_API_URL is the address of GitHub's API and that no proxy answers " +
        "in its place";
  }
}

function mendRefused({ status, message }: Refused, call: Call): string {
  const permission = `"${call.permission}" under "permissions"`;
  if (status === 401) {
    return "pass a valid token to this step, in a workflow the job's own: github.token";
  }
  if (status === 403) {
    return /not accessible/i.test(message)
      ? `give the job ${permission}`
      : `see to what GitHub names, and check that the job has ${permission}`;
  }
  if (status === 404) {
    return `either ${call.subject} is gone or the token cannot see it: check that it exists and ` +
      `that the job has ${permission}`;
  }
  if (status === 422 && call.accepted !== undefined) return `expected ${call.accepted}`;
  return RERUN;
}

function quote(message: string): string {
  if (message === "") return "";
  const shown = message.length > QUOTED ? `${message.slice(0, QUOTED)}...` : message;
  return ` (${visible(shown)})`;
}

function timestamp(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, "Z");
}
