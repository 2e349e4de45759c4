import { type ApiSettings, connect, type GitHub } from "../../src/github/api.ts";
import { type FakeGitHub, TOKEN } from "./fake_github.ts";

/** A connection to a fake, and what it logs. */
export interface Connected {
  readonly github: GitHub;
  /** The lines so far. */
  readonly lines: string[];
}

/** Connects to a fake, on whose clock waiting takes no time. */
export function connectTo(
  fake: Pick<FakeGitHub, "url" | "clock">,
  settings: Partial<ApiSettings> = {},
): Connected {
  const lines: string[] = [];
  const github = connect({
    token: TOKEN,
    baseUrl: fake.url,
    repository: "octo/infrastructure",
    log: (line) => lines.push(line),
    clock: fake.clock,
    ...settings,
  });
  return { github, lines };
}
