import { type Finding, levelOf } from "./finding.ts";

const WORD = "hubwright-accept";

/** A comment that accepts the findings of a rule, in YAML and in TypeScript. */
const ACCEPT = new RegExp(`(?:#|//).*\\b${WORD} +([a-z-]+)`);

/**
 * Whether a comment accepts a finding: `hubwright-accept RULE`, on the line of the finding or on
 * the one above. Warnings can be accepted, errors cannot.
 */
export function isAccepted(finding: Finding, text: string): boolean {
  const { line, rule } = finding;
  if (line === undefined || levelOf(finding) === "error" || !text.includes(WORD)) return false;
  return text.split("\n").slice(Math.max(line - 2, 0), line)
    .some((around) => ACCEPT.exec(around)?.[1] === rule);
}
