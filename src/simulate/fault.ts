import { UsageError } from "../errors.ts";

/**
 * What befalls a leg: its command fails, somebody cancels the leg, it runs into its time-out, its
 * runner is lost, or somebody cancels the whole run meanwhile.
 */
export const FATES = ["fail", "cancel", "timeout", "lost", "cancel-run"] as const;
/** What befalls a leg. */
export type Fate = typeof FATES[number];

/** What a fault befalls: the command that upgrades or checks a release, or every leg of a job. */
export type Target =
  | { readonly kind: "support"; readonly cluster: string }
  | { readonly kind: "staging" | "prod" | "check"; readonly cluster: string; readonly hub: string }
  | { readonly kind: "job"; readonly id: string };

/** Something that goes wrong in a simulation. */
export interface Fault {
  /** What it befalls. */
  readonly target: Target;
  /** What happens. */
  readonly fate: Fate;
}

const WANTED = "expected support:CLUSTER, staging:CLUSTER/HUB, prod:CLUSTER/HUB, " +
  "check:CLUSTER/HUB or job:ID, with =fail, =cancel, =timeout, =lost or =cancel-run behind it";

/**
 * Reads a fault from the command line.
 *
 * @throws {UsageError} Where it is none.
 */
export function parseFault(spec: string): Fault {
  const [, text = "", fateText = "fail"] = /^([^=]*)(?:=(.*))?$/.exec(spec) ?? [];
  const fate = FATES.find((name) => name === fateText);
  const target = parseTarget(text);
  if (fate !== undefined && target !== undefined) return { target, fate };
  throw new UsageError(`Cannot read --fail ${JSON.stringify(spec)}: ${WANTED}`);
}

/** Writes a target as the command line has it. */
export function targetName(target: Target): string {
  switch (target.kind) {
    case "support":
      return `support:${target.cluster}`;
    case "job":
      return `job:${target.id}`;
    default:
      return `${target.kind}:${target.cluster}/${target.hub}`;
  }
}

function parseTarget(text: string): Target | undefined {
  const [, kind = "", name = ""] = /^(\w+):(.+)$/.exec(text) ?? [];
  if (kind === "job" && name !== "") return { kind, id: name };
  const [cluster = "", hub, ...rest] = name.split("/");
  if (cluster === "" || rest.length > 0) return undefined;
  if (kind === "support") return hub === undefined ? { kind, cluster } : undefined;
  if (hub === undefined || hub === "") return undefined;
  return kind === "staging" || kind === "prod" || kind === "check"
    ? { kind, cluster, hub }
    : undefined;
}
