import * as z from "../zod.ts";
import { describeIssue, REPORT_INPUT } from "../config/issues.ts";
import { UserError } from "../errors.ts";
import { type Access, checkAccess } from "./access.ts";
import type { Call } from "./call.ts";
import { createClient } from "./client.ts";
import { explain } from "./explain.ts";
import { CallError, readFailure } from "./failure.ts";
import { TimeBudget } from "./time_budget.ts";

/** How to reach GitHub. */
export interface ApiSettings extends Access {
  /** Prints a line, for instance about another try. */
  readonly log: (line: string) => void;
  /** How long all calls may take together, waiting included, in milliseconds; 2 minutes. */
  readonly totalTimeMs?: number;
  /** How long a second of waiting takes, in milliseconds: 1000, other than in tests. */
  readonly retryDelayMs?: number;
}

/** One repository on GitHub. Every method throws a `UserError` where it fails. */
export interface GitHub {
  /** The repository, as `owner/name`. */
  readonly repository: string;
  /** Makes a call that has one answer. */
  readonly request: <T>(call: Call, shape: z.ZodMiniType<T>) => Promise<T>;
  /** Reads a list to its last page. */
  readonly list: <T>(call: Call, item: z.ZodMiniType<T>) => Promise<T[]>;
  /** Makes a call that deletes something; what is gone already counts as deleted. */
  readonly remove: (call: Call) => Promise<void>;
}

/**
 * Makes the connection to a repository on GitHub. Nothing is sent yet.
 *
 * @throws {UserError} If there is no usable token, address or repository name.
 */
export function connect(settings: ApiSettings): GitHub {
  const access = checkAccess(settings);
  const { token, repository, owner, repo, baseUrl } = access;
  const { log, totalTimeMs = 120_000, retryDelayMs = 1_000 } = settings;
  const redact = (line: string) => line.replaceAll(token, "***");
  const client = createClient(access, {
    budget: new TimeBudget(totalTimeMs),
    secondMs: retryDelayMs,
    log: (line) => log(redact(line)),
  });

  const inWords = async <T>(call: Call, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      const failure = readFailure(error);
      throw failure === undefined ? error : new UserError(redact(explain(failure, call)));
    }
  };
  const send = ({ route, parameters }: Call) =>
    client.request(route, { ...parameters, owner, repo });
  const parse = <T>(shape: z.ZodMiniType<T>, answer: unknown): T => {
    const result = shape.safeParse(answer, REPORT_INPUT);
    if (result.success) return result.data;
    const message = result.error.issues.map((issue) => describeIssue(issue)).join("; ");
    throw new CallError({ kind: "unreadable", host: new URL(baseUrl).host, message });
  };

  return {
    repository,
    request: (call, shape) => inWords(call, async () => parse(shape, (await send(call)).data)),
    list: (call, item) =>
      inWords(call, async () => {
        const parameters = { ...call.parameters, owner, repo, per_page: 100 };
        return parse(z.array(item), await client.paginate(call.route, parameters));
      }),
    remove: (call) => inWords(call, () => send(call).then(() => {}, unlessGone)),
  };
}

function unlessGone(error: unknown): void {
  const failure = readFailure(error);
  if (failure?.kind !== "refused" || failure.status !== 404) throw error;
}
