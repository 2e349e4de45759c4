import { Octokit } from "@octokit/core";
import { throttling } from "@octokit/plugin-throttling";
import { type ApiSettings, connect, type GitHub } from "../../src/github/api.ts";
import { type FakeGitHub, TOKEN } from "./fake_github.ts";

/** A connection to a fake, and what it logs. */
export interface Connected {
  readonly github: GitHub;
  /** The lines so far. */
  readonly lines: string[];
}

/** Connects to a fake, with seconds of waiting that take a millisecond. */
export function connectTo(fake: FakeGitHub, settings: Partial<ApiSettings> = {}): Connected {
  const lines: string[] = [];
  const github = connect({
    token: TOKEN,
    baseUrl: fake.url,
    repository: fake.repository,
    log: (line) => lines.push(line),
    totalTimeMs: 5_000,
    retryDelayMs: 1,
    ...settings,
  });
  return { github, lines };
}

// The first call of a process starts the throttling plugin's five intervals, which never end
// (https://github.com/octokit/plugin-throttling.js/issues/861). Here, no test is charged with them.
await new (Octokit.plugin(throttling))({
  throttle: { onRateLimit: () => {}, onSecondaryRateLimit: () => {} },
  request: { fetch: () => Promise.resolve(Response.json({})) },
}).request("GET /");
