import assert from "node:assert/strict";
import type { Plan } from "../../src/plan/schema.ts";
import type { LedgerOutput } from "../../src/ledger/ledger_output.ts";
import { packLedger, unpackLedger } from "../../src/ledger/packed_ledger.ts";
import { plannedReleases } from "../../src/ledger/ledger_output.ts";
import type { LedgerRecord } from "../../src/ledger/ledger_record.ts";
import { commitOf, headOf, repositoryOf, type TempRepository } from "../git/temp_repository.ts";
import { FakeGitHub, type FakeJob, TOKEN } from "../github/fake_github.ts";
import { hubwright, type Ran } from "./fake_io.ts";
import { releasesOf } from "./planned.ts";
import { FILES } from "./repository.ts";
import { stepFiles } from "./step_files.ts";

/** How steps end: the upgrade and its check, or the upgrade alone. */
export type Ends = Readonly<Record<string, "success" | "failure" | "lost" | "blocked">>;

/** What `plan` said of a run. */
export interface PlannedRun extends Ran {
  /** The plan that it printed, where it printed one. */
  readonly plan: Plan | undefined;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** What it tells `report`, as text. */
  readonly ledger: string;
}

/** A `plan` that went well. */
export interface WellPlanned extends PlannedRun {
  readonly plan: Plan;
  /** What it upgrades, by the keys of releases. */
  readonly releases: readonly string[];
  /** What it tells `report`, if anything. */
  readonly told: LedgerOutput | undefined;
}

/** What `report` said of a run. */
export interface ReportedRun extends Ran {
  /** What Slack is told, as JSON. */
  readonly message: string | undefined;
  readonly summary: string;
}

/** What a test changes of the usual run for a push. */
export interface PlanRequest {
  readonly event?: string;
  readonly before?: string;
  readonly head?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A small fleet with a ledger: its repository, and GitHub. */
export class DeployedFleet implements AsyncDisposable {
  readonly github = new FakeGitHub();
  /** The commit that was pushed last. */
  head: string;
  #pullRequests = 0;

  private constructor(
    readonly repository: TempRepository,
    /** Where the ledger begins. */
    readonly since: string,
  ) {
    this.head = since;
  }

  static async create(
    config: (since: string) => string = (since) => `{ ledger: { since: "${since}" } }`,
  ): Promise<DeployedFleet> {
    const since = await commitOf(FILES);
    const text = `export default ${config(since)};\n`;
    const repository = await repositoryOf(FILES, { "hubwright.config.ts": text });
    const fleet = new DeployedFleet(repository, since);
    fleet.head = await headOf(repository.path);
    fleet.github.commits.add(since).add(fleet.head);
    return fleet;
  }

  /** Merges a pull request that changes files, and pushes that. */
  async push(
    files: Readonly<Record<string, string | null>>,
    ...labels: readonly string[]
  ): Promise<string> {
    return this.pushed(await this.repository.commit(files), ...labels);
  }

  /** Takes a commit for the merge of a pull request. */
  pushed(commit: string, ...labels: readonly string[]): string {
    const number = ++this.#pullRequests;
    this.github.addPullRequest({ number, mergeCommitSha: commit, commits: [commit], labels });
    return this.head = commit;
  }

  /** Adds a record as an earlier run may have written it. */
  record(as_of: string, owed: LedgerRecord["owed"] = []): number {
    return this.github.deployments.add({ version: 1, as_of, owed }).id;
  }

  /** Runs `plan` as the workflow does. */
  async plan(
    { event = "push", before = "", head = this.head, args = [], env }: PlanRequest = {},
  ): Promise<PlannedRun> {
    const { ran, outputs, summary } = await this.#run(
      [
        ...["plan", "--repo", this.repository.path, "--format", "json", `--before=${before}`],
        ...[`--head=${head}`, "--labels=", ...args],
      ],
      { GITHUB_EVENT_NAME: event, ...env },
    );
    const plan: Plan | undefined = ran.out === "" ? undefined : JSON.parse(ran.out);
    return { ...ran, plan, outputs, summary, ledger: outputs.ledger ?? "" };
  }

  /** Runs a `plan` that goes well. */
  async planned(request: PlanRequest = {}): Promise<WellPlanned> {
    const run = await this.plan(request);
    assert.deepEqual([run.code, run.err], [0, ""]);
    const plan = run.plan ?? assert.fail();
    const told = run.ledger === "" ? undefined : readLedger(run.ledger);
    return { ...run, plan, releases: releasesOf(plan), told };
  }

  /** Runs `report` as the workflow does; gives what Slack is told, and the summary. */
  async report(ledger: string, { run = 50, attempt = 1 } = {}): Promise<ReportedRun> {
    const { ran, outputs, summary } = await this.#run(["report"], {
      LEDGER: ledger,
      GITHUB_WORKFLOW: "Deploy and test hubs",
      GITHUB_RUN_ID: `${run}`,
      GITHUB_RUN_ATTEMPT: `${attempt}`,
    });
    return { ...ran, message: outputs["slack-message"], summary };
  }

  /** Runs `guard` as a leg does that is run again. */
  async guard(ledger: string, run = 50): Promise<Ran> {
    return (await this.#run(["guard"], { LEDGER: ledger, GITHUB_RUN_ID: `${run}` })).ran;
  }

  /** Lets the legs of an attempt end, and all that is not named succeed. */
  deploy(ledger: string, ends: Ends = {}, attempt = 1): void {
    const legs = Map.groupBy(plannedReleases(readLedger(ledger)), ({ leg }) => leg);
    for (const [name, releases] of legs) {
      this.github.jobs.push(legOf(name, releases, ends, attempt));
    }
  }

  /** The newest record. */
  get recorded(): LedgerRecord | undefined {
    return this.github.deployments.all.at(-1)?.payload as LedgerRecord | undefined;
  }

  /** What was asked of GitHub since this was read last. */
  takeCalls(): string[] {
    return this.github.requests.splice(0).map(({ method, path }) =>
      `${method} ${path.replace(`/repos/${this.github.repository}/`, "")}`
    );
  }

  async #run(args: readonly string[], given: Readonly<Record<string, string>>) {
    await using step = await stepFiles();
    const ran = await hubwright(args, {
      env: {
        GITHUB_TOKEN: TOKEN,
        GITHUB_API_URL: this.github.url,
        GITHUB_REPOSITORY: this.github.repository,
        GITHUB_SERVER_URL: "https://github.com",
        ...step.env,
        ...given,
      },
    });
    return { ran, outputs: await step.outputs(), summary: await step.summary() };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([
      this.github[Symbol.asyncDispose](),
      this.repository[Symbol.asyncDispose](),
    ]);
  }
}

/** The text in which it does. */
export function writeLedger(ledger: LedgerOutput): string {
  return JSON.stringify(packLedger(ledger));
}

/** What `plan` tells `report`. */
export function readLedger(text: string): LedgerOutput {
  return unpackLedger(JSON.parse(text));
}

/** A leg as GitHub lists it. A step that fails, or whose runner is lost, ends the leg. */
function legOf(
  name: string,
  releases: ReturnType<typeof plannedReleases>,
  ends: Ends,
  run_attempt: number,
): FakeJob {
  let ended: string | null = "success";
  const steps = releases.flatMap(({ cluster, release, steps }) => {
    const end = ends[`${cluster}/${release}`] ?? "success";
    return steps.map((name) => {
      const goesOn = ended === "success" && end !== "blocked";
      if (end !== "success" && ended === "success") ended = end === "lost" ? null : "failure";
      return { name, conclusion: goesOn ? ended : ended === null ? null : "skipped" };
    });
  });
  return {
    name,
    run_attempt,
    conclusion: ended ?? "failure",
    runner_name: "GitHub Actions 7",
    html_url: `https://github.com/octo/infrastructure/actions/runs/50/job/${run_attempt}`,
    steps,
  };
}
