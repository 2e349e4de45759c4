import { UserError } from "../errors.ts";

/** What stops a simulation: something that it would have to guess. */
export function unmodelled(what: string, file?: string): UserError {
  return new UserError({
    file,
    message: `Cannot simulate ${what}: the simulator does not model it, and does not guess`,
  });
}
