import assert from "node:assert/strict";
import { userError } from "../user_error.ts";
import type { GitHub } from "../../src/github/api.ts";
import type { Call } from "../../src/github/call.ts";
import * as z from "../../src/zod.ts";
import { FakeGitHub, TOKEN } from "./fake_github.ts";

const subject = "pull request 7";
const WORDS = { failing: `Cannot read ${subject}`, subject, permission: "pull-requests: read" };
const comments = { ...WORDS, path: "issues/7/comments" };
const Id = z.object({ id: z.number() });

/** A call that has one answer. */
export const READ: Call<{ number: number }> = {
  ...WORDS,
  path: "pulls/7",
  answer: z.object({ number: z.number() }),
};
/** A call whose answer is a list. */
export const LIST: Call<{ id: number }[]> = { ...comments, answer: z.array(Id) };
/** A call that changes something. */
export const WRITE: Call<{ id: number }> = {
  ...comments,
  method: "POST",
  body: { body: "Hello" },
  answer: Id,
};

/** A fake with a pull request that says nothing. */
export function fakeWithPullRequest(): FakeGitHub {
  const fake = new FakeGitHub();
  fake.addPullRequest({ number: 7 });
  return fake;
}

/** Waits for a call that fails; the answer is the line that says why. */
export async function failure(work: Promise<unknown>): Promise<string> {
  const { message } = await userError(work);
  assert(!message.includes(TOKEN));
  assert.doesNotMatch(message, /\p{C}/u);
  return message;
}

/** Reads the pull request. */
export function read(github: GitHub): Promise<{ number: number }> {
  return github.request(READ);
}
