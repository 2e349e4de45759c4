import { UsageError } from "../errors.ts";
import { PHASES } from "../plan/releases.ts";
import type { Asked } from "../ledger/selection.ts";
import * as z from "../zod.ts";
import type { OptionDefinition, OptionValues } from "./command.ts";
import { commaList } from "./schemas.ts";

export const ASKED_OPTIONS = {
  releases: {
    help:
      "Plans these releases whatever changed, instead of --base: lake, lake/plankton, */staging",
    value: "A,B,C",
    schema: commaList,
  },
  phase: {
    help: "With --releases, the only phase to plan: support, staging or prod (default: all)",
    value: "PHASE",
    schema: z.enum(["all", ...PHASES, ""]),
  },
  "dry-run": {
    help: "Whether to show the plan and deploy nothing: true or false (default)",
    value: "BOOLEAN",
    schema: z.enum(["true", "false", ""]),
  },
} as const satisfies Readonly<Record<string, OptionDefinition>>;

/**
 * What someone asks for by hand, with the options or by starting the workflow. In a run that no one
 * started by hand the options are empty.
 */
export function askedFor(
  { releases = [], phase = "", ...others }: OptionValues<typeof ASKED_OPTIONS> & {
    readonly base?: string;
    readonly before?: string | undefined;
  },
  event: string,
): Asked | undefined {
  const isAsked = releases.length > 0;
  const only = phase === "" || phase === "all" ? undefined : phase;
  if (!isAsked && event !== "workflow_dispatch") {
    if (only === undefined) return undefined;
    throw new UsageError(`Cannot use --phase without --releases: what changed decides the phases`);
  }
  const given = (["base", "before"] as const).find((name) => others[name] !== undefined);
  if (isAsked && given !== undefined) {
    throw new UsageError(
      `Cannot use --releases with --${given}: say what changed, or what to plan`,
    );
  }
  return { releases, phase: only };
}
