/** What options, environment variables and step outputs hold. */
import { describeValue } from "../errors.ts";
import { PackedLedger, unpackLedger } from "../ledger/packed_ledger.ts";
import { ProdHubJob, SupportAndStagingJob } from "../plan/schema.ts";
import { TaskLeg } from "../tasks/task_plan.ts";
import { boundText } from "../text/bound_text.ts";
import * as z from "../zod.ts";

export const text = z.string().check(z.minLength(1));

/** Text that may be missing; empty text counts as missing, as GitHub gives it for a null value. */
export const optionalText = z.pipe(
  z.optional(z.string()),
  z.transform((value) => value || undefined),
);

export const commit = z.string().check(
  z.regex(/^[0-9a-f]{40,64}$/, "expected the hash of a commit"),
);

export const count = z.pipe(
  z.string().check(z.regex(/^[1-9][0-9]{0,15}$/, "expected a whole number from 1")),
  z.transform(Number),
);

export const optionalCount = z.pipe(optionalText, z.optional(count));

export const pageUrl = z.url({ protocol: /^https?$/, error: "expected the address of a page" });

export const commaList = z.pipe(
  z.string(),
  z.transform((value) => value.split(",").map((path) => path.trim()).filter((path) => path !== "")),
);

export const texts = z.array(text);

/** The names of labels as JSON; empty text counts as missing. */
export const labels = optionalList("a list of label names");

export const optionalTexts = optionalList("a list of names");

export const ledgerJson = z.pipe(
  jsonText(PackedLedger, "what the plan says of the ledger"),
  z.transform(unpackLedger),
);

export const gate = z.optional(z.enum(["cluster", "fleet"]));

export const canaryLegs = z.array(SupportAndStagingJob);
export const prodLegs = z.array(ProdHubJob);
export const taskLegs = z.array(TaskLeg);
export const clusterNames = z.array(text);
export const prodShards = z.array(z.readonly(prodLegs));
export const clusterNamesJson = jsonText(clusterNames, "a list of clusters");
export const prodLegsJson = jsonText(prodLegs, "a list of prod legs");
/** What the canary legs recorded: an output's name to its text. Several jobs say it in a list. */
export const verdictsJson = jsonText(
  z.pipe(
    z.transform((given) =>
      Array.isArray(given) && given.length > 0
        // Of a cluster's verdict, the jobs that have no leg of it say nothing.
        ? Object.fromEntries(given.flatMap(Object.entries).filter(([, verdict]) => verdict !== ""))
        : given
    ),
    z.record(z.string(), z.string()),
  ),
  "an object of verdicts, or a list of them",
);

// @__NO_SIDE_EFFECTS__
function optionalList(wanted: string) {
  return z.pipe(
    z.transform((value) => value === "" ? undefined : value),
    z.optional(jsonText(z.array(z.string()), wanted)),
  );
}

/** Text that holds JSON of a schema; `wanted` says what it should hold, in words. */
// @__NO_SIDE_EFFECTS__
function jsonText<Schema extends z.ZodMiniType>(schema: Schema, wanted: string) {
  const read = z.transform((value, context) => {
    try {
      return JSON.parse(String(value));
    } catch {
      const found = describeValue(typeof value === "string" ? boundText(value, 63) : value);
      const why = value === ""
        ? "; GitHub drops an output that contains a masked secret, with a warning in the job that " +
          "wrote it"
        : "";
      const message = `expected ${wanted} as JSON, found ${found}${why}`;
      context.issues.push({ code: "custom", input: value, message });
      return z.NEVER;
    }
  });
  return z.pipe(read, schema);
}
