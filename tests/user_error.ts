import assert from "node:assert/strict";
import { UserError } from "../src/errors.ts";

/** What is wrong, where something fails by a user's mistake. */
export async function userError(failing: Promise<unknown>): Promise<UserError> {
  const error = await failing.then(() => "no error", (error: unknown) => error);
  assert.ok(error instanceof UserError, Deno.inspect(error));
  return error;
}
