import { UserError } from "../errors.ts";

/**
 * What stops a simulation: something that it would have to guess.
 *
 * @param what What is not modelled, for instance `the action "actions/cache"`.
 * @param file The workflow or action that it stands in.
 * @returns The error.
 */
export function unmodelled(what: string, file?: string): UserError {
  return new UserError({
    file,
    message: `Cannot simulate ${what}: the simulator does not model it, and does not guess`,
  });
}
