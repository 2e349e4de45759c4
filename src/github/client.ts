import { Octokit } from "@octokit/core";
import { type PaginateInterface, paginateRest } from "@octokit/plugin-paginate-rest";
import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import { visible } from "../text/visible.ts";
import { VERSION } from "../version.ts";
import type { CheckedAccess } from "./access.ts";
import { boundedFetch } from "./bounded_fetch.ts";
import { CallError, readFailure } from "./failure.ts";
import { patience, type PatienceSettings } from "./patience.ts";

/** The version of GitHub's API that the schemas of the answers are written for. */
const API_VERSION = "2022-11-28";

/** Octokit, set up. Whatever fails in a call is thrown as a `CallError`. */
export type Client = Octokit & { readonly paginate: PaginateInterface };

/**
 * Sets Octokit up: it prints nothing by itself, keeps to one host and one budget of time, and takes
 * no failure for an empty list.
 */
export function createClient(access: CheckedAccess, settings: PatienceSettings): Client {
  const { origin, host } = new URL(access.baseUrl);
  const { plugin, options } = patience(settings);
  const log = {
    debug: () => {},
    info: () => {},
    warn: (line: string) => settings.log(visible(line)),
    error: (line: string) => settings.log(visible(line)),
  };
  const client = new (Octokit.plugin(plugin, paginateRest, retry, throttling))({
    auth: access.token,
    baseUrl: access.baseUrl,
    userAgent: `hubwright/${VERSION}`,
    log,
    request: { fetch: boundedFetch(origin, settings.budget), log },
    ...options,
  });
  client.hook.wrap("request", async (request, options) => {
    // The plugins keep their count of tries here; without a copy, it would go on from call to call.
    options.request = { ...options.request };
    options.headers["x-github-api-version"] = API_VERSION;
    try {
      const response = await request(options);
      // The paginate plugin takes an empty answer for an empty list.
      if (options.method !== "DELETE") requireJson(response, host);
      return response;
    } catch (error) {
      // The paginate plugin takes a 409, which it knows by its status, for an empty list. The
      // plugins throw errors of any kind at an answer that GitHub does not give.
      throw new CallError(readFailure(error) ?? { kind: "unreadable", host, message: say(error) });
    }
  });
  return client;
}

/** An answer, as far as it can be told apart from GitHub's. */
interface Answer {
  readonly data: unknown;
  readonly headers: { readonly "content-type"?: string; readonly link?: string };
}

/** Refuses what is no JSON of GitHub's, and what the paginate plugin cannot take. */
function requireJson({ data, headers }: Answer, host: string): void {
  const wrong = wrongIn(data, headers);
  if (wrong !== undefined) throw new CallError({ kind: "unreadable", host, message: wrong });
}

function wrongIn(data: unknown, headers: Answer["headers"]): string | undefined {
  if (typeof data !== "object" || data === null) {
    const type = JSON.stringify(headers["content-type"] ?? "");
    const found = data === "" ? "nothing" : `other text of the type ${type}`;
    return `expected a JSON object or list, found ${found}`;
  }
  const count = ["total_count", "total_commits"].find((key) => key in data);
  if (count !== undefined) return `expected a list, found "${count}"`;
  const [, next] = /<([^<>]+)>;\s*rel="next"/.exec(headers.link ?? "") ?? [];
  return next === undefined || URL.canParse(next)
    ? undefined
    : `expected the address of the next page, found ${JSON.stringify(next)}`;
}

function say(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
