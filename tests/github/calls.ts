import assert from "node:assert/strict";
import { UserError } from "../../src/errors.ts";
import type { GitHub } from "../../src/github/api.ts";
import type { Call } from "../../src/github/call.ts";
import * as z from "../../src/zod.ts";
import { FakeGitHub, TOKEN } from "./fake_github.ts";

/** A call that has one answer. */
export const READ: Call = {
  route: "GET /repos/{owner}/{repo}/pulls/{pull_number}",
  parameters: { pull_number: 7 },
  failing: "Cannot read pull request 7",
  subject: "pull request 7",
  permission: "pull-requests: read",
};
/** A call whose answer is a list. */
export const LIST: Call = {
  ...READ,
  route: "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
  parameters: { issue_number: 7 },
};
/** A call that changes something. */
export const WRITE: Call = {
  ...READ,
  route: "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
  parameters: { issue_number: 7, body: "Hello" },
};
/** The shape of what has a number. */
export const Numbered: z.ZodMiniType<{ number: number }> = z.object({ number: z.number() });
/** The shape of what has an id. */
export const Identified: z.ZodMiniType<{ id: number }> = z.object({ id: z.number() });

/** A fake with a pull request that says nothing. */
export function fakeWithPullRequest(): FakeGitHub {
  const fake = new FakeGitHub();
  fake.addPullRequest({ number: 7 });
  return fake;
}

/** Waits for a call that fails; the answer is the line that says why. */
export async function failure(work: Promise<unknown>): Promise<string> {
  const error = await work.then(() => "no error", (error) => error);
  assert(error instanceof UserError, String(error));
  assert(!error.message.includes(TOKEN));
  return error.message;
}

/** Reads the pull request. */
export function read(github: GitHub): Promise<{ number: number }> {
  return github.request(READ, Numbered);
}
