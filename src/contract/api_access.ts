import { connect, type GitHub } from "../github/api.ts";
import type { Io } from "../io/io.ts";
import type * as z from "../zod.ts";
import { fromRunner, fromStep, type VariableDefinition } from "./variables.ts";

interface ApiVariables<Schema extends z.ZodMiniType> {
  readonly GITHUB_TOKEN: VariableDefinition<"step", Schema>;
  readonly GITHUB_REPOSITORY: VariableDefinition<"runner", Schema>;
  readonly GITHUB_API_URL: VariableDefinition<"runner", Schema>;
}

export type ApiAccess = { readonly [Name in keyof ApiVariables<never>]: string | undefined };

/** The variables through which a command reaches GitHub's API, with what the token is for. */
export function apiVariables<Schema extends z.ZodMiniType>(
  schema: Schema,
  token: string,
): ApiVariables<Schema> {
  return {
    GITHUB_TOKEN: fromStep(schema, token),
    GITHUB_REPOSITORY: fromRunner(schema, "owner/name"),
    GITHUB_API_URL: fromRunner(schema, "Where GitHub's API is"),
  };
}

/** Connects to GitHub's API, which says what is missing. */
export function connectApi(variables: ApiAccess, io: Io): GitHub {
  return connect({
    token: variables.GITHUB_TOKEN ?? "",
    baseUrl: variables.GITHUB_API_URL ?? "",
    repository: variables.GITHUB_REPOSITORY ?? "",
    log: (line) => io.err(`${line}\n`),
  });
}
