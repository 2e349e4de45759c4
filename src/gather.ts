import { formatProblem, UserError } from "./errors.ts";

/**
 * Waits for several results at once. Where several fail by a user's mistake, all mistakes are
 * reported together, not the first alone.
 *
 * @throws {UserError} With the problems of all that failed by a user's mistake.
 */
export async function gather<Results extends readonly unknown[]>(
  ...promises: { readonly [Index in keyof Results]: Promise<Results[Index]> }
): Promise<Results> {
  const settled = await Promise.allSettled(promises);
  const reasons = settled.flatMap((result) => result.status === "rejected" ? [result.reason] : []);
  const bug = reasons.find((reason) => !(reason instanceof UserError));
  if (bug !== undefined) throw bug;
  if (reasons.length > 0) {
    // What several looked at is wrong once.
    const problems = reasons.flatMap((reason: UserError) => reason.problems)
      .map((problem) => [formatProblem(problem), problem] as const);
    throw new UserError([...new Map(problems).values()]);
  }
  return await Promise.all(promises) as unknown as Results;
}
