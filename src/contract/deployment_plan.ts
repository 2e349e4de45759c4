import type { Settings } from "../config/settings.ts";
import { UserError } from "../errors.ts";
import { type Change, readPushedChange } from "../git/change.ts";
import { findCommits, isAncestor, unknownCommits } from "../git/commits.ts";
import { runGit } from "../git/git.ts";
import { firstParentLine } from "../git/range.ts";
import type { GitHub } from "../github/api.ts";
import { laterRun, TO_MAKE_UP } from "../github/later_run.ts";
import { labelsOfMergedPullRequest } from "../github/pull_request_labels.ts";
import { readRecord } from "../ledger/deployments.ts";
import type { LedgerOutput } from "../ledger/ledger_output.ts";
import { type LedgerRecord, releaseKey, wasAttempted } from "../ledger/ledger_record.ts";
import { makeUp, type Past, type Selection } from "../ledger/make_up.ts";
import { type Asked, select, selectionProblems } from "../ledger/selection.ts";
import { type Cluster, isUnchecked } from "../plan/cluster.ts";
import { matrixJobs } from "../plan/matrix.ts";
import { releasesOf } from "../plan/releases.ts";
import type { Plan } from "../plan/schema.ts";
import { planSteps, type StepsRequest } from "../replay/plan_steps.ts";
import { readPlanInput } from "../repository/read_plan_input.ts";
import { listNames } from "../text/list_names.ts";

/** A run that deploys, as far as its plan goes. */
export interface DeploymentRequest {
  readonly repo: string;
  readonly settings: Settings;
  /** The commit to deploy, by any name. */
  readonly head: string;
  /** On a push: the commit before it. */
  readonly before: string | undefined;
  readonly labelsOf: (change: Change) => Promise<readonly string[]>;
  readonly asked: Asked | undefined;
  /** Where the record and the labels are; absent where people plan for themselves. */
  readonly github: GitHub | undefined;
  /** The run, where it is run again. */
  readonly rerun: number | undefined;
  /** The branch, where branches deploy different things. */
  readonly branch?: string | undefined;
}

/** What a run deploys, and what it tells the job that reports. */
export interface DeploymentPlan {
  readonly plan: Plan;
  /** Nothing where nothing is to be recorded. */
  readonly ledger: LedgerOutput | undefined;
}

const PURPOSE = { failed: "Cannot read the history of" } as const;

/**
 * Plans what a run deploys: what its push changed, and what is owed since the record. It never goes
 * back: where what is deployed is newer, nothing is planned.
 */
export async function planDeployment(request: DeploymentRequest): Promise<DeploymentPlan> {
  const { repo, settings, github, rerun, asked } = request;
  if (asked?.releases.length === 0 && settings.ledger === undefined) throw nothingAsked(settings);
  const [stored, overtaken, [head]] = await Promise.all([
    github && settings.ledger && readRecord(github, settings.ledger),
    github && rerun !== undefined ? laterRun(github, rerun) : undefined,
    findCommits(repo, [request.head], PURPOSE),
  ]);
  if (head === undefined) throw await unknownCommits(repo, { "--head": request.head }, PURPOSE);
  const since = github === undefined ? undefined : settings.ledger?.since;
  const record = stored?.record ?? { version: 1, as_of: since ?? head, owed: [] };
  const line = await lineSince(repo, record.as_of, head);
  if (stored === undefined && line === "unrelated") throw wrongStart(settings, record.as_of);
  if (overtaken !== undefined) {
    return nothing(record, head, `run ${overtaken} may have deployed since`);
  }
  if (line === "older") {
    return nothing(record, head, `what is deployed is newer: ${record.as_of.slice(0, 12)}`);
  }
  const pushed = await readPushed(request, record, head, line);
  const labels = pushed.isPush || pushed.everything !== undefined
    ? request.labelsOf(pushed.change)
    : Promise.resolve([]);
  labels.catch(() => {});
  const input = await readPlanInput({
    repo,
    settings,
    change: pushed.change,
    labels,
    branch: request.branch,
    every: record.owed.length > 0 || pushed.steps !== undefined ||
      pushed.everything !== undefined || asked !== undefined,
  });
  const { concerns } = input.rules;
  const made = makeUp(input, {
    ...pushed,
    record,
    steps: pushed.steps === undefined ? [] : await planSteps({ ...pushed.steps, concerns }),
    paused: settings.paused,
    selection: asked && selectionOf(asked, input.clusters),
  });
  return {
    plan: made.plan,
    ledger: settings.ledger && github && {
      environment: settings.ledger.environment,
      head,
      record: stored?.id ?? null,
      as_of: record.as_of,
      bases: made.bases,
      ...matrixJobs(made.plan),
      ...uncheckedOf(input.clusters, settings),
      ...(made.asked.length > 0 && { asked: made.asked }),
      held: made.held,
      settled: made.settled,
    },
  };
}

/** The hubs that nothing checks: the report does not wait for what is not there. */
function uncheckedOf(clusters: readonly Cluster[], { commands }: Settings) {
  const unchecked = clusters.flatMap(({ name: cluster, hubs }) =>
    hubs.filter((hub) => isUnchecked(hub, commands.healthCheck))
      .map(({ name: release }) => releaseKey({ cluster, release }))
  );
  return unchecked.length > 0 && { unchecked };
}

/** The first-parent history since a commit. */
interface Line {
  /** The commit before the first of those. */
  readonly start: string;
  /** What was pushed since, oldest first. */
  readonly commits: readonly string[];
}

/** The way from a commit to the one to be deployed; "older" if the latter is the older one. */
async function lineSince(
  repo: string,
  from: string,
  to: string,
): Promise<Line | "older" | "unrelated"> {
  if (from === to) return { start: from, commits: [] };
  const [known] = await findCommits(repo, [from], PURPOSE);
  if (known === undefined) return "unrelated";
  const line = (await firstParentLine(repo, `${from}..${to}`)).toReversed();
  const [first] = line;
  if (first === undefined) return "older";
  const start = first.parent ?? from;
  return start === from || await isAncestor(repo, from, to)
    ? { start, commits: line.map(({ commit }) => commit) }
    : "unrelated";
}

/** What was pushed since the record, and which part of it is this push. */
interface Pushed extends Pick<Past, "start" | "own" | "everything" | "replaced"> {
  readonly change: Change;
  /** Whether this push brought any of it. */
  readonly isPush: boolean;
  /** What is to be planned commit by commit; nothing where this push is all, and one commit. */
  readonly steps?: Omit<StepsRequest, "concerns"> | undefined;
}

async function readPushed(
  { repo, settings, before, github }: DeploymentRequest,
  record: LedgerRecord,
  head: string,
  line: Line | "unrelated",
): Promise<Pushed> {
  const replaced = line !== "unrelated" && await isReplaced(repo, before, head, line);
  if (line === "unrelated" || replaced) {
    const everything = replaced
      ? `${before?.slice(0, 12)}, which this push replaced, may be deployed`
      : `${record.as_of.slice(0, 12)}, which is deployed, is not in this history`;
    const change = await readPushedChange(repo, head, head);
    const past = { start: head, own: 0, everything, replaced: replaced ? before : undefined };
    return { change, isPush: false, ...past };
  }
  // A merge the other way round: the record's commit came in from the side.
  const joined = line.start !== record.as_of;
  const earlier = joined ? [] : line.commits.slice(0, pushStart(before, line));
  const pushed = line.commits.length - earlier.length;
  // A merge that brings in what other pushes brought before: no label of this one is about that.
  const isMixed = before !== undefined && before !== record.as_of &&
    (joined || await isFromTheSide(repo, before, head, line));
  const ownBase = earlier.at(-1) ?? line.start;
  const from = await earliest(repo, record, line.start, head);
  // One commit is planned like any change; of several, each is planned by itself as well.
  const isOne = pushed === 1 && !joined && !isMixed;
  const to = isOne ? ownBase : head;
  const { defaultBranch } = settings;
  return {
    change: await readPushedChange(repo, joined ? record.as_of : ownBase, head),
    isPush: pushed > 0,
    start: from,
    own: isOne || isMixed ? 0 : pushed,
    steps: from === to ? undefined : {
      repo,
      settings,
      from,
      to,
      labelsOf: ({ commit, subject }) =>
        github && earlier.includes(commit)
          ? labelsOfMergedPullRequest(github, { sha: commit, subject, defaultBranch, old: true })
          : Promise.resolve([]),
    },
  };
}

/** How many of the commits since the record were pushed before this push. */
function pushStart(before: string | undefined, { start, commits }: Line): number {
  if (before === undefined) return commits.length;
  if (before === start) return 0;
  const index = commits.indexOf(before);
  // Where it is not known what the push brought, its labels are about the last commit alone.
  return index === -1 ? Math.max(commits.length - 1, 0) : index + 1;
}

/**
 * Whether the commit before a push is not in the history any more. A run may have deployed it and
 * lost its record.
 */
async function isReplaced(
  repo: string,
  before: string | undefined,
  head: string,
  { start, commits }: Line,
): Promise<boolean> {
  if (before === undefined || before === start || commits.includes(before)) return false;
  return !await isAncestor(repo, before, head);
}

/** Whether a commit came into the history since the record, and with a merge. */
async function isFromTheSide(
  repo: string,
  commit: string,
  head: string,
  { start, commits }: Line,
): Promise<boolean> {
  return !commits.includes(commit) && await isAncestor(repo, commit, head) &&
    !await isAncestor(repo, commit, start);
}

/** The commit from which steps are planned: the earliest at which a release was up to date. */
async function earliest(
  repo: string,
  { owed }: LedgerRecord,
  start: string,
  head: string,
): Promise<string> {
  const bases = new Set(
    owed.filter(({ outcome }) => !wasAttempted(outcome)).map(({ base }) => base),
  );
  bases.delete(start);
  if (bases.size === 0) return start;
  const known = (await findCommits(repo, [...bases], PURPOSE)).filter((base) => base !== undefined);
  const { ok, text } = await runGit(repo, ["merge-base", "--octopus", start, ...known]);
  const common = text.trim();
  if (!ok || common === start) return start;
  const line = await firstParentLine(repo, `${common}..${head}`);
  return line.at(-1)?.parent === common ? common : start;
}

function selectionOf(asked: Asked, clusters: readonly Cluster[]): Selection {
  const known = clusters.flatMap(releasesOf);
  const problems = selectionProblems(asked, known);
  if (problems.length > 0) throw new UserError(problems.map((message) => ({ message })));
  const selection = select(asked);
  // A green run would look as if it had upgraded what was asked for.
  if (asked.releases.length > 0 && !known.some(selection.includes)) {
    throw new UserError(
      `Cannot find a release of the phase "${asked.phase}": ${listNames(asked.releases)} has none`,
    );
  }
  return selection;
}

function nothing({ as_of }: LedgerRecord, head: string, why: string): DeploymentPlan {
  const message = `Nothing is deployed, as this run would go back: ${why}; ${TO_MAKE_UP}`;
  return {
    plan: {
      version: 1,
      base: as_of,
      head,
      support_and_staging: [],
      prod: [],
      notices: [{ level: "warning", message }],
    },
    ledger: undefined,
  };
}

function nothingAsked({ file }: Settings): UserError {
  return new UserError({
    file,
    message: "Cannot tell what to deploy: expected releases, found none; name some, or set " +
      '"ledger", so that there is a record of what is owed',
  });
}

function wrongStart({ file }: Settings, since: string): UserError {
  return new UserError({
    file,
    message: `Cannot start the ledger at "ledger.since", ${since}: expected a commit of the ` +
      "history that is deployed, at which every release was up to date",
  });
}
