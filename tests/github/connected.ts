import { type ApiSettings, connect, type GitHub } from "../../src/github/api.ts";
import { type FakeGitHub, TOKEN } from "./fake_github.ts";

/** Connects to a fake, on whose clock waiting takes no time; gives also the lines that it logs. */
export function connectTo(
  { url: baseUrl, clock }: Pick<FakeGitHub, "url" | "clock">,
  settings: Partial<ApiSettings> = {},
): { readonly github: GitHub; readonly lines: string[] } {
  const lines: string[] = [];
  const log = (line: string) => void lines.push(line);
  const repository = "octo/infrastructure";
  return { github: connect({ token: TOKEN, baseUrl, repository, log, clock, ...settings }), lines };
}
