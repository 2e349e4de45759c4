/**
 * What options, environment variables and step outputs hold: a schema for each name that a
 * command's definition uses. Loaded when a value is read, so that git can work meanwhile.
 *
 * @module
 */
import { z } from "zod";
import { describeValue } from "../errors.ts";
import { ProdHubJob, SupportAndStagingJob } from "../plan/schema.ts";

// A command reads a few values once: compiling its schemas would take longer than it saves.
z.config({ jitless: true });

/** Text that is not empty. */
export const text = z.string().min(1);

/** Text that may be empty. */
export const anyText = z.string();

/** Text that may be missing; empty text counts as missing, as GitHub gives it for a null value. */
export const optionalText = z.string().optional().transform((value) => value || undefined);

/** The hash of a commit. */
export const commit = z.string().regex(/^[0-9a-f]{40,64}$/, "expected the hash of a commit");

/** The address of a page. */
export const pageUrl = z.url({ protocol: /^https?$/, error: "expected the address of a page" });

/** Paths between commas. */
export const commaList = z.string().transform((value) =>
  value.split(",").filter((path) => path !== "")
);

/** How a plan is printed. */
export const planFormat = z.enum(["table", "json", "markdown"]);

/** The names of labels as JSON; empty text counts as missing. */
export const labels = z.preprocess(
  (value) => value === "" ? undefined : value,
  jsonText(z.array(z.string()), "a list of label names").optional(),
);

/** The canary legs of a plan. */
export const canaryLegs = z.array(SupportAndStagingJob);

/** The prod legs of a plan. */
export const prodLegs = z.array(ProdHubJob);

/** The canary legs of a plan, as JSON. */
export const canaryLegsJson = jsonText(canaryLegs, "a list of canary legs");

/** The prod legs of a plan, as JSON. */
export const prodLegsJson = jsonText(prodLegs, "a list of prod legs");

/** What the canary legs recorded, as JSON: an output's name to its text. */
export const verdictsJson = jsonText(
  z.record(z.string(), z.string()),
  "an object of verdicts",
);

/** Text that holds JSON of a schema; `wanted` says what it should hold, in words. */
function jsonText<Schema extends z.ZodType>(
  schema: Schema,
  wanted: string,
): z.ZodType<z.output<Schema>> {
  return z.preprocess((value, context) => {
    try {
      return JSON.parse(String(value));
    } catch {
      const found = typeof value === "string" ? shorten(value) : value;
      context.addIssue({
        code: "custom",
        message: `expected ${wanted} as JSON, found ${describeValue(found)}`,
      });
      return z.NEVER;
    }
  }, schema) as z.ZodType<z.output<Schema>>;
}

function shorten(value: string): string {
  return value.length > 60 ? `${value.slice(0, 60)}...` : value;
}
