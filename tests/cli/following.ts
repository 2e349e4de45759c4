import type { Plan } from "../../src/plan/schema.ts";
import { FakeGitHub, TOKEN } from "../github/fake_github.ts";
import { EMPTY as NOTHING } from "../report/arbitraries.ts";
import { hubwright, type Ran } from "./fake_io.ts";
import { Sandbox } from "./sandbox.ts";

/** The head commit of the run and of the pull request. */
export const SHA = "a".repeat(40);
/** The page of the run. */
export const RUN_URL = "https://github.com/octo/infrastructure/actions/runs/456";

/** A plan between two commits that upgrades nothing. */
export const EMPTY: Plan = { ...NOTHING, base: "b".repeat(40), head: "c".repeat(40) };

/** A plan that upgrades prod hubs. */
export function planOf(...hubs: readonly string[]): Plan {
  return {
    ...EMPTY,
    prod: hubs.map((hub_name) => ({
      cluster_name: "earth",
      provider: "gcp",
      hub_name,
      reason: "config/clusters/earth/prod.values.yaml (rule: hub values file)",
    })),
  };
}

/** The run that follows a pull request's run: GitHub with the pull request, and the artifact. */
export class Following implements AsyncDisposable {
  /** GitHub, with pull request 7. */
  readonly github = new FakeGitHub();

  private constructor(readonly artifact: Sandbox) {
    this.github.addPullRequest({ number: 7, headSha: SHA });
  }

  static async of(plan: unknown = planOf("prod"), number = "7\n"): Promise<Following> {
    const text = typeof plan === "string" ? plan : JSON.stringify(plan);
    return new Following(await Sandbox.create({ "plan.json": text, number }));
  }

  /** Replaces the plan of the artifact. */
  async replan(plan: Plan): Promise<void> {
    await this.artifact.write("plan.json", JSON.stringify(plan));
  }

  /** Runs `outdate`, as after a push to the pull request. */
  outdate(env: Readonly<Record<string, string>> = {}): Promise<Ran> {
    return hubwright(["outdate"], {
      env: {
        PULL_REQUEST: "7",
        GITHUB_TOKEN: TOKEN,
        GITHUB_API_URL: this.github.url,
        GITHUB_REPOSITORY: this.github.repository,
        GITHUB_SERVER_URL: "https://github.com",
        ...env,
      },
    });
  }

  /** Runs `comment`. */
  comment(env: Readonly<Record<string, string>> = {}): Promise<Ran> {
    return hubwright(["comment"], {
      env: {
        PLAN_ARTIFACT: this.artifact.path,
        RUN_HEAD_SHA: SHA,
        RUN_URL,
        GITHUB_TOKEN: TOKEN,
        GITHUB_API_URL: this.github.url,
        GITHUB_REPOSITORY: this.github.repository,
        ...env,
      },
    });
  }

  /** What the comments say. */
  get bodies(): string[] {
    return this.github.comments.map(({ body }) => body);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.github[Symbol.asyncDispose]();
    await this.artifact[Symbol.asyncDispose]();
  }
}

/** What a run says and how it ends where all is well. */
export const said = (text: string): Ran => ({
  code: 0,
  out: `Pull request 7: ${text}.\n`,
  err: "",
});
