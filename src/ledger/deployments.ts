import { describeIssue } from "../config/issues.ts";
import { UserError } from "../errors.ts";
import type { GitHub } from "../github/api.ts";
import { boundText } from "../text/bound_text.ts";
import { visible } from "../text/visible.ts";
import * as z from "../zod.ts";
import { CommitHash, type LedgerRecord } from "./ledger_record.ts";
import { packRecord, readPayload } from "./packed_record.ts";

/** What marks a deployment of GitHub's as a record of the ledger, within its environment. */
export const LEDGER_TASK = "deploy:hubwright";

/** How many bytes of JSON a payload may have; GitHub stores at most 65,535. */
const MOST_PAYLOAD = 60_000;

/** How many characters a description of GitHub's may have. */
const MOST_DESCRIPTION = 140;

/** How many mistakes of a record are named, and how many characters of each. */
const MOST_PROBLEMS = 5;
const MOST_SAID = 300;

export interface Ledger {
  readonly environment: string;
}

/** A record as it is stored: the payload of a deployment. */
export interface StoredRecord {
  readonly id: number;
  /** When it was written, as an ISO 8601 date with its time. */
  readonly writtenAt: string;
  /** Who wrote it: a workflow's own token is `github-actions[bot]`. */
  readonly writtenBy: string | undefined;
  readonly record: LedgerRecord;
}

const Deployment = z.object({
  id: z.int().check(z.positive()),
  sha: CommitHash,
  task: z.string(),
  environment: z.string(),
  payload: z.unknown(),
  created_at: z.iso.datetime({ offset: true, error: "expected a date with its time" }),
  creator: z.nullish(z.object({ login: z.string() })),
});
type Deployment = z.infer<typeof Deployment>;

const WORDS = { subject: "the repository", permission: "deployments: read" };

/** Reads the newest record, `undefined` where there is none yet. It takes one request. */
export async function readRecord(
  github: GitHub,
  ledger: Ledger,
): Promise<StoredRecord | undefined> {
  const [newest] = await readDeployments(github, ledger, 1);
  return newest && toRecord(newest);
}

/**
 * Reads the newest 100 records, newest first. It takes one request. Older ones that cannot be read
 * are left out: the newest is what corrected them.
 */
export async function readRecords(
  github: GitHub,
  ledger: Ledger,
): Promise<readonly StoredRecord[]> {
  const [newest, ...older] = await readDeployments(github, ledger, 100);
  return newest === undefined ? [] : [
    toRecord(newest),
    ...older.map(tryRecord).filter((tried) => "record" in tried),
  ];
}

async function readDeployments(
  github: GitHub,
  { environment }: Ledger,
  count: number,
): Promise<readonly Deployment[]> {
  const failing = `Cannot read the ledger of ${github.repository}`;
  const deployments = await github.request({
    path: `deployments?environment=${encodeURIComponent(environment)}` +
      `&task=${encodeURIComponent(LEDGER_TASK)}&per_page=${count}`,
    answer: z.array(Deployment),
    failing,
    ...WORDS,
  });
  const other = deployments.find((deployment) =>
    deployment.task !== LEDGER_TASK ||
    deployment.environment.toLowerCase() !== environment.toLowerCase()
  );
  if (other === undefined) return deployments;
  throw new UserError(
    `${failing}: expected deployments in the environment ${JSON.stringify(environment)} with the ` +
      `task "${LEDGER_TASK}", found deployment ${other.id} in ` +
      `${visible(JSON.stringify(other.environment))} with the task ` +
      `${visible(JSON.stringify(other.task))}; check that GITHUB_API_URL is the address of ` +
      "GitHub's API",
  );
}

function toRecord(deployment: Deployment): StoredRecord {
  const tried = tryRecord(deployment);
  if ("record" in tried) return tried;
  const shown = tried.wrong.slice(0, MOST_PROBLEMS)
    .map((what) => boundText(visible(what.replace(/^Cannot read /, "")), MOST_SAID));
  const more = tried.wrong.length - shown.length;
  if (more > 0) shown.push(`${more} more mistakes`);
  throw new UserError(
    `Cannot read the ledger's newest record, deployment ${deployment.id} in the environment ` +
      `${JSON.stringify(deployment.environment)}: ${shown.join("; ")}; write a right one with ` +
      '"gh api", as docs/ledger.md shows: the newest one counts',
  );
}

function tryRecord(
  { id, sha, payload, created_at, creator }: Deployment,
): StoredRecord | { readonly wrong: readonly string[] } {
  let value = payload;
  if (typeof payload === "string") {
    try {
      value = JSON.parse(payload);
    } catch {
      return { wrong: [`its payload: expected JSON, found ${JSON.stringify(payload)}`] };
    }
  }
  const parsed = readPayload(value);
  if (!parsed.success) return { wrong: parsed.error.issues.map(describeIssue) };
  const record = parsed.data;
  if (record.as_of !== sha) {
    return {
      wrong: [`"as_of": expected the deployment's commit, ${sha}, found ${record.as_of}`],
    };
  }
  return { id, writtenAt: created_at, writtenBy: creator?.login, record };
}

export interface NewRecord extends Ledger {
  readonly record: LedgerRecord;
  /** Whether everything that the run was to deploy is deployed. */
  readonly success: boolean;
  readonly logUrl: string;
  /** What people see of it in GitHub's list of deployments; it is cut where it is too long. */
  readonly description: string;
}

/**
 * Writes a record, with how the run ended, and gives the deployment's id. It takes two requests.
 */
export async function writeRecord(
  github: GitHub,
  { environment, record, success, logUrl, ...given }: NewRecord,
): Promise<number> {
  const failing = `Cannot write the ledger of ${github.repository}`;
  const payload = fitting(record, failing);
  const description = boundText(given.description, MOST_DESCRIPTION);
  const words = { ...WORDS, permission: "deployments: write" };
  const { id } = await github.request({
    method: "POST",
    path: "deployments",
    body: {
      ref: record.as_of,
      task: LEDGER_TASK,
      environment,
      auto_merge: false,
      required_contexts: [],
      payload,
      description,
    },
    answer: z.object({ id: z.int().check(z.positive()), sha: z.literal(record.as_of) }),
    failing,
    accepted: `a commit of ${github.repository}, found ${record.as_of}`,
    ...words,
  });
  await github.request({
    method: "POST",
    path: `deployments/${id}/statuses`,
    body: {
      state: success ? "success" : "failure",
      log_url: logUrl,
      description,
      auto_inactive: false,
    },
    answer: z.object({ id: z.int() }),
    failing: `Cannot say how the run ended on deployment ${id}, which holds the written record`,
    accepted: "a state, the address of a page and a description",
    ...words,
  });
  return id;
}

/**
 * The record in a form that fits a payload: without what is for people alone, then packed, if it is
 * too large. A record without `deployed` does not say what was deployed; an empty one says that nothing
 * was.
 */
function fitting({ deployed = {}, ...needed }: LedgerRecord, failing: string): unknown {
  const packed = packRecord(needed);
  const payload = [{ ...needed, deployed }, needed, packed]
    .find((each) => sizeOf(each) <= MOST_PAYLOAD);
  if (payload !== undefined) return payload;
  throw new UserError(
    `${failing}: its ${needed.owed.length} owed releases take ${sizeOf(packed)} bytes, expected ` +
      `at most ${MOST_PAYLOAD}; nothing is written, so the record before holds, and the next run ` +
      "makes up everything since then",
  );
}

function sizeOf(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}
