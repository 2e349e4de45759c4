import { jsonText } from "../report/json_text.ts";
import { type Finding, type FindingRule, type Level, levelOf } from "./finding.ts";
import type { Report } from "./validate.ts";

/** A finding in the JSON report; what is not known of its place is null. */
export interface FindingJson {
  /** How bad it is. */
  readonly level: Level;
  /** The rule that found it. */
  readonly rule: FindingRule;
  /** The file, relative to the repository where it lies inside. */
  readonly file: string | null;
  /** The line, counted from 1. */
  readonly line: number | null;
  /** The column, counted from 1. */
  readonly column: number | null;
  /** What is wrong and how to mend it. */
  readonly message: string;
}

/** The JSON report. */
export interface ReportJson {
  /** The version of this shape. */
  readonly version: 1;
  /** How many `cluster.yaml` files there are. */
  readonly clusters: number;
  /** What is wrong for certain. */
  readonly errors: readonly FindingJson[];
  /** What is probably wrong. */
  readonly warnings: readonly FindingJson[];
  /** Warnings that a comment accepts. */
  readonly accepted: readonly FindingJson[];
  /** The rules that could not be tried, because of what is wrong with the config. */
  readonly unchecked: readonly FindingRule[];
}

/** Writes a report as JSON. */
export function reportJson({ clusters, errors, warnings, accepted, unchecked }: Report): string {
  const json: ReportJson = {
    version: 1,
    clusters,
    errors: errors.map(toJson),
    warnings: warnings.map(toJson),
    accepted: accepted.map(toJson),
    unchecked,
  };
  return jsonText(json);
}

function toJson(finding: Finding): FindingJson {
  const { rule, file = null, line = null, column = null, message } = finding;
  return { level: levelOf(finding), rule, file, line, column, message };
}
