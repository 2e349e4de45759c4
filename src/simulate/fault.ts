import { UsageError } from "../errors.ts";

/**
 * What can go wrong: a command fails, someone cancels the leg, it runs into its time-out, its
 * runner is lost, or someone cancels the whole run meanwhile.
 */
export const FATES = ["fail", "cancel", "timeout", "lost", "cancel-run"] as const;
export type Fate = typeof FATES[number];

/** Where it goes wrong: the command that upgrades or checks a release, or every leg of a job. */
export type Target =
  | { readonly kind: "support"; readonly cluster: string }
  | { readonly kind: "staging" | "prod" | "check"; readonly cluster: string; readonly hub: string }
  | { readonly kind: "job"; readonly id: string };

/** Something that goes wrong in a simulation. */
export interface Fault {
  readonly target: Target;
  readonly fate: Fate;
}

const WANTED = "expected support:CLUSTER, staging:CLUSTER/HUB, prod:CLUSTER/HUB, " +
  "check:CLUSTER/HUB or job:ID, with =fail, =cancel, =timeout, =lost or =cancel-run after it";

export function parseFault(spec: string): Fault {
  const [, text = "", fateText = "fail"] = /^([^=]*)(?:=(.*))?$/.exec(spec) ?? [];
  const fate = FATES.find((name) => name === fateText);
  const target = parseTarget(text);
  if (fate !== undefined && target !== undefined) return { target, fate };
  throw new UsageError(`Cannot read --fail ${JSON.stringify(spec)}: ${WANTED}`);
}

function parseTarget(text: string): Target | undefined {
  const [, kind, name = ""] = /^(\w+):(.+)$/.exec(text) ?? [];
  if (kind === "job") return { kind, id: name };
  const [, cluster = "", hub] = /^([^/]+)(?:\/([^/]+))?$/.exec(name) ?? [];
  if (cluster === "") return undefined;
  if (kind === "support") return hub === undefined ? { kind, cluster } : undefined;
  if (kind !== "staging" && kind !== "prod" && kind !== "check") return undefined;
  return hub === undefined ? undefined : { kind, cluster, hub };
}

/** Writes a target as the command line has it. */
export function targetName(target: Target): string {
  if (target.kind === "job") return `job:${target.id}`;
  const hub = target.kind === "support" ? "" : `/${target.hub}`;
  return `${target.kind}:${target.cluster}${hub}`;
}

/** What goes wrong in every leg of a job. */
export function fateOfJob(faults: readonly Fault[], id: string): Fate | undefined {
  return faults.find(({ target }) => target.kind === "job" && target.id === id)?.fate;
}
