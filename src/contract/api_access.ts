import { connect, type GitHub } from "../github/api.ts";
import type { Io } from "../io/io.ts";
import type * as z from "../zod.ts";

interface Variable<From extends "runner" | "step", Schema extends z.ZodMiniType> {
  readonly help: string;
  readonly from: From;
  readonly schema: Schema;
}

interface ApiVariables<Schema extends z.ZodMiniType> {
  readonly GITHUB_TOKEN: Variable<"step", Schema>;
  readonly GITHUB_REPOSITORY: Variable<"runner", Schema>;
  readonly GITHUB_API_URL: Variable<"runner", Schema>;
}

/** The values of the variables through which a command reaches GitHub's API. */
export type ApiAccess = { readonly [Name in keyof ApiVariables<never>]: string | undefined };

/** The variables through which a command reaches GitHub's API, with what the token is for. */
export function apiVariables<Schema extends z.ZodMiniType>(
  schema: Schema,
  token: string,
): ApiVariables<Schema> {
  return {
    GITHUB_TOKEN: { help: token, from: "step", schema },
    GITHUB_REPOSITORY: { help: "owner/name", from: "runner", schema },
    GITHUB_API_URL: { help: "Where GitHub's API is", from: "runner", schema },
  };
}

/** Connects to GitHub's API; what is missing is said there. */
export function connectApi(variables: ApiAccess, io: Io): GitHub {
  return connect({
    token: variables.GITHUB_TOKEN ?? "",
    baseUrl: variables.GITHUB_API_URL ?? "",
    repository: variables.GITHUB_REPOSITORY ?? "",
    log: (line) => io.err(`${line}\n`),
  });
}
