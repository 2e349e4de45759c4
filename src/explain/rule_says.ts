import { RULE_TEXTS, type RuleId } from "../plan/decision.ts";

const OTHERS: Readonly<Record<string, string>> = {
  "all hubs":
    "upgrades all hubs on all clusters, on a change to a path of rules.allHubs, which by default " +
    "follows the charts that hubs name",
  "all support charts":
    "upgrades the support chart on all clusters, on a change to a path of rules.allSupport",
  "label": "the pull request has a label that asks for it",
  "staging before prod": "before a prod hub, all staging hubs of its cluster are upgraded",
  "unknown base": "what changed cannot be told, so everything is upgraded",
};

export function ruleSays(rule: string): string {
  const other = OTHERS[rule];
  if (other !== undefined) return other;
  const { changed, upgrades } = RULE_TEXTS[rule as RuleId];
  return `upgrades ${upgrades}, on a change to ${changed}`.replaceAll("`", "");
}
