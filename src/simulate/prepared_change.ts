import { loadConfig } from "../config/load_config.ts";
import { UserError } from "../errors.ts";
import { readPushedChange, WORKTREE } from "../git/change.ts";
import type { Settings } from "../config/settings.ts";
import { type Cluster, isUnchecked } from "../plan/cluster.ts";
import { decideChanges } from "../plan/decide.ts";
import { plan } from "../plan/plan.ts";
import { SUPPORT_CHART } from "../plan/releases.ts";
import type { Plan } from "../plan/schema.ts";
import { filesOfCommit } from "../repository/commit_files.ts";
import { readText } from "../repository/files.ts";
import { type PlanRequest, readPlanInput } from "../repository/read_plan_input.ts";
import { LOCK_FILE } from "../workflow/lock.ts";
import { GENERATED } from "../../workflows/header.ts";
import { type Checkouts, type RuntimeLink, runtimeLinks } from "./checkouts.ts";
import { DeployCommands } from "./deploy_command.ts";
import {
  NO_COMMIT,
  pullRequestEvent,
  pushEvent,
  type RepositoryFacts,
  type RunEvent,
  startEvent,
} from "./event.ts";
import type { Origin } from "./origin.ts";
import { ifThere } from "./if_there.ts";
import type { PullRequest } from "./local_api.ts";
import type { Change, SimulatedEvent } from "./record.ts";
import { type Release, releasesOf } from "./release.ts";
import { usedActions } from "./local_action.ts";
import { listNames } from "../text/list_names.ts";
import { readWorkflow, withCalled } from "./read_workflow.ts";
import { isCaller, type Workflow } from "./workflow_file.ts";

/** A change, made ready: all that does not depend on what goes wrong. */
export interface PreparedChange {
  readonly base: string;
  readonly head: string;
  readonly asked: SimulatedEvent;
  readonly event: RunEvent;
  /** The branch that it is about, where branches deploy different things. */
  readonly branch: string | undefined;
  /** The pull request that the run is for, or that the push merged. */
  readonly pullRequest: PullRequest | undefined;
  readonly ledger: Settings["ledger"];
  readonly facts: RepositoryFacts;
  readonly commands: DeployCommands;
  /** The commit of the default branch that a run after the first is for. */
  readonly defaultSha: string;
  readonly refs: Readonly<Record<string, string>>;
  /** The files that path filters look at; `undefined` where GitHub does not compare. */
  readonly changed: readonly string[] | undefined;
  readonly clusters: readonly Cluster[];
  /** What the change calls for, whatever the workflows make of it; nothing where it is unknown. */
  readonly plan: Pick<Plan, "support_and_staging" | "prod" | "waves">;
  /** The releases that it concerns, without those that only go before others. */
  readonly concerned: readonly Release[];
  readonly notices: readonly string[];
  /** Whether a checkout sees everything that the real repository has. */
  readonly lend: boolean;
  readonly links: readonly RuntimeLink[];
  /** The workflows of the run's commit, and those of the default branch. */
  readonly workflows: readonly Workflow[];
  readonly followers: readonly Workflow[];
  readonly actions: ReadonlySet<string>;
}

export async function prepareChange(
  { base, head = "HEAD", merged = false, event = "push", labels = [], number = 1, ...more }: Change,
  { origin, checkouts, root, repository, config }: {
    readonly origin: Origin;
    readonly root: string;
    readonly checkouts: Checkouts;
    readonly repository: string;
    readonly config: string | undefined;
  },
): Promise<PreparedChange> {
  const isPullRequest = event === "pull_request";
  const isNew = /^0{40,}$/.test(base);
  if (isNew && isPullRequest) throw new UserError("Cannot simulate a pull request without a base");
  const tip = head === WORKTREE
    ? await origin.commitWorktree()
    : await origin.namedCommit("--head", head);
  const baseSha = isNew ? NO_COMMIT : await origin.namedCommit("--base", base);
  const isAhead = isNew || await origin.isAncestor(baseSha, tip);
  const headSha = !isPullRequest && merged && !isAhead ? await origin.merge(baseSha, tip) : tip;
  const sha = isPullRequest ? await origin.merge(baseSha, headSha) : headSha;
  const defaultSha = isPullRequest ? baseSha : more.tip ?? headSha;
  const ref = isPullRequest ? `refs/pull/${number}/merge` : "refs/heads/simulated";
  await origin.setRefs({ [ref]: sha });
  const forced = event === "push" && !merged && !isAhead;
  const lend = !forced && more.forced !== true;
  const folder = `${root}/reference`;
  await Deno.mkdir(folder, { recursive: true });
  const tree = await checkouts.take(folder, { ref, depth: 0, lend });
  const settings = await loadConfig(folder, config);
  const defaultBranch = more.branch ?? settings.defaultBranch;
  const facts = { repository, defaultBranch, serverUrl: "https://github.com" };
  const branch = settings.branches && defaultBranch;
  const planned = await planChange({ repo: folder, settings, labels, branch }, baseSha, sha);
  const workflows = await generatedWorkflows(origin, sha);
  const followers = defaultSha === sha ? workflows : await generatedWorkflows(origin, defaultSha);
  const actions = await usedActions(
    [...withCalled(workflows), ...withCalled(followers)],
    (path) => ifThere(Deno.readTextFile(`${folder}/${path}`)),
  );
  await checkouts.giveBack(folder, tree);
  const pull = { number, head: headSha, base: baseSha, labels, headRef: "simulated" };
  const runEvent = event === "push"
    ? pushEvent(facts, baseSha, headSha, forced)
    : event === "pull_request"
    ? pullRequestEvent(facts, pull, sha)
    : startEvent(facts, event, sha, more.inputs);
  return {
    ...planned,
    base: baseSha,
    head: headSha,
    asked: event,
    event: runEvent,
    branch,
    pullRequest: event === "push" || isPullRequest
      ? { number, sha: headSha, merged: event === "push", labels }
      : undefined,
    ledger: settings.ledger,
    facts,
    commands: new DeployCommands(settings.commands, planned.clusters),
    defaultSha,
    refs: { [ref]: sha, [`refs/heads/${defaultBranch}`]: defaultSha },
    changed: isNew
      ? undefined
      : await origin.changed(baseSha, headSha, isPullRequest ? "..." : ".."),
    notices: [
      ...headSha === tip ? [] : [MERGED],
      ...planned.notices,
      ...withCalled(workflows).flatMap(unlikeGitHub),
    ],
    lend,
    links: await runtimeLinks(origin.repo, settings.runtime),
    workflows,
    followers,
    actions,
  };
}

/** What of a workflow's jobs is otherwise here than on GitHub. */
function unlikeGitHub({ jobs }: Workflow): readonly string[] {
  const having = (key: "container" | "environment", say: (jobs: string) => string) => {
    const found = Object.entries(jobs).filter(([, job]) => !isCaller(job) && job[key]);
    return found.length === 0 ? [] : [say(listNames(found.map(([id]) => id)))];
  };
  return [
    ...having(
      "container",
      (of) => `the steps of ${of} run on this machine, not in their container`,
    ),
    ...having("environment", (of) => `what the environment of ${of} asks for is taken for given`),
  ];
}

const WORKFLOWS = ".github/workflows";

const MERGED = "the base has moved on: what is simulated is the merge of the head into it";

const NO_PLAN = { support_and_staging: [], prod: [] };

/** What a change calls for; where it cannot be planned, a notice that says why. */
async function planChange(
  request: Omit<PlanRequest, "change">,
  base: string,
  head: string,
) {
  try {
    const change = await readPushedChange(request.repo, base, head);
    const input = await readPlanInput({ ...request, change, every: true });
    const { healthCheck } = request.settings.commands;
    const clusters = input.clusters.map((cluster) => ({
      ...cluster,
      hubs: cluster.hubs.map((hub) =>
        isUnchecked(hub, healthCheck) ? { ...hub, check: null } : hub
      ),
    }));
    const reasons = new Map(decideChanges(input).clusters.map((of) => [of.cluster.name, of]));
    const concerned = releasesOf(clusters).filter(({ cluster, hub }) =>
      reasons.get(cluster)?.causesOf(hub === "" ? SUPPORT_CHART : hub).length
    );
    return { plan: plan(input), concerned, clusters, notices: [] };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const notice = `the change cannot be planned: ${error.message.split("\n").join("; ")}`;
    return { plan: NO_PLAN, concerned: [], clusters: [], notices: [notice] };
  }
}

async function generatedWorkflows(
  { path: repo }: Origin,
  commit: string,
): Promise<readonly Workflow[]> {
  await using files = await filesOfCommit(repo, commit, [WORKFLOWS, LOCK_FILE]);
  const lock = await readText(files, LOCK_FILE);
  const names = [...files.list(WORKFLOWS)?.keys() ?? []].filter((name) => /\.ya?ml$/.test(name));
  const others = new Map<string, string>();
  for (const path of names.sort().map((name) => `${WORKFLOWS}/${name}`)) {
    others.set(path, await readText(files, path) ?? "");
  }
  const generated = [...others].filter(([, text]) => text.startsWith(`# ${GENERATED}`));
  if (generated.length > 0) {
    return generated.map(([path, text]) => readWorkflow(path, text, { lock, others }));
  }
  throw new UserError({
    file: WORKFLOWS,
    message: `Cannot find generated workflows in the commit ${commit.slice(0, 12)}: generate ` +
      "and commit them",
  });
}
