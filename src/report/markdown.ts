import type { Filtered } from "../filter/filter.ts";
import type { Notice, Plan } from "../plan/schema.ts";
import {
  type Section,
  sectionLength,
  tableSection,
  writeSection,
  writeSections,
} from "./markdown_section.ts";
import { code } from "./markdown_text.ts";
import { planMermaid } from "./mermaid.ts";
import { planClusters, planWaves } from "./plan_clusters.ts";
import { planOverview, shortenOverview } from "./plan_overview.ts";
import { planReasons } from "./plan_reasons.ts";
import { countOf, countUpgrades, isEmptyPlan } from "./summary.ts";

export interface MarkdownOptions {
  /** How many characters the report may have at most, 2,000 or more; what does not fit is counted. */
  readonly limit: number;
  /** Where the whole plan can be read, for a report that leaves something out. */
  readonly runUrl?: string | undefined;
  /** The event that the plan was made for; a change that someone looks at where absent. */
  readonly event?: string | undefined;
  /** What upgrades something, where words that fit the event do not say it. */
  readonly subject?: string | undefined;
  /** Why GitHub would refuse the plan, where it would. */
  readonly refused?: readonly string[];
}

/** How many reasons are named for which GitHub would refuse a plan: one of each kind, and more. */
const MOST_REFUSALS = 5;

/** How much of a report that is too long goes to notices, where clusters could fill all of it. */
const NOTICES_SHARE = 1 / 4;

/**
 * Writes a plan as Markdown, for a pull request's comment or a job summary: counts first, then what
 * is upgraded on each cluster, a picture of the roll-out where it helps, why, and what else people
 * should know. What comes from the repository, and so perhaps from a fork, is never markup. All of
 * it is ASCII, so that it has one length, whether characters or bytes are counted.
 *
 * Where not all of it fits, the picture and the reasons go first, then the names of hubs, then
 * clusters and notices: whole lines of them, each counted.
 */
export function planMarkdown(
  plan: Plan,
  { limit, runUrl, event, subject = subjectOf(event), refused = [] }: MarkdownOptions,
): string {
  const lead = planLead(plan, subject, refused.slice(0, MOST_REFUSALS));
  const clusters = planClusters(plan);
  const overview = planOverview(clusters);
  const reasons = planReasons(clusters);
  const notices = planNotices(plan.notices);
  const whole = lead + writeSection(overview, Infinity) + planMermaid(plan) +
    writeSection(reasons, Infinity) + writeSection(notices, Infinity);
  if (whole.length <= limit) return whole;

  const room = limit - lead.length - writeSection(reasons, 0, runUrl).length;
  const share = room - Math.min(sectionLength(notices), Math.floor(room * NOTICES_SHARE));
  const short = writeSection(shortenOverview(overview, clusters, share), share, runUrl);
  const noticed = writeSection(notices, room - short.length, runUrl);
  const left = limit - lead.length - short.length - noticed.length;
  return lead + short + writeSection(reasons, left, runUrl) + noticed;
}

function subjectOf(event: string | undefined): string {
  if (event === "pull_request" || event === "merge_group") return "Merging this";
  if (event === "workflow_dispatch" || event === "schedule") return "This run";
  return event === "push" ? "This push" : "This change";
}

function planLead(plan: Plan, subject: string, refused: readonly string[] = []): string {
  const notices = countNotices(plan.notices);
  const note = notices === "" ? "" : ` See also ${notices} below.`;
  if (isEmptyPlan(plan)) {
    return `## Deployment plan\n\n${subject} deploys nothing.${note}\n`;
  }
  const [first, ...later] = planWaves(plan);
  const waves = plan.waves === undefined
    ? ""
    : later.length === 0
    ? `\nAll of it is in wave ${first?.number}.\n`
    : `\nThere are ${
      later.length + 1
    } waves: each later one starts once those before it are over, and only ` +
      "where nothing of them failed.\n";
  const order = plan.support_and_staging.length === 0 || plan.prod.length === 0
    ? ""
    : plan.gate === "fleet"
    ? `\nSupport charts and staging hubs go first, on all clusters${
      plan.waves === undefined ? "" : " of a wave"
    }; the prod hubs follow where all ` +
      "of those succeed.\n"
    : "\nOn each cluster, the support chart and the staging hubs go first; its prod hubs follow " +
      "where those succeed.\n";
  const alert = refused.map((message) => `> [!CAUTION]\n> ${code(message)}\n\n`).join("");
  const what = refused.length === 0
    ? subject
    : `Once that is put right, ${subject.charAt(0).toLowerCase()}${subject.slice(1)}`;
  return "## Deployment plan\n\n" + alert +
    `${what} upgrades ${countUpgrades(plan)}.${note}\n${waves}${order}`;
}

/** Lists what people should know about a plan, warnings first. */
function planNotices(notices: readonly Notice[]): Section {
  const { warning = [], notice = [] } = Object.groupBy(notices, ({ level }) => level);
  return {
    heading: "\n### Notices\n\n",
    head: "",
    lines: [
      ...warning.map(({ message }) => `- **Warning**: ${code(message)}\n`),
      ...notice.map(({ message }) => `- Notice: ${code(message)}\n`),
    ],
    what: "notices",
    tail: "",
  };
}

function countNotices(notices: readonly Notice[]): string {
  const { warning = [], notice = [] } = Object.groupBy(notices, ({ level }) => level);
  return Object.entries({ warning, notice }).filter(([, some]) => some.length > 0)
    .map(([level, some]) => countOf(some.length, level)).join(" and ");
}

/** Writes what the filter decided as Markdown, for the job summary. */
export function filteredMarkdown(
  { passed, blocked }: Filtered,
  { limit, runUrl }: MarkdownOptions,
): string {
  const lead = `## Prod hubs\n\n${passed.length} may deploy, ${blocked.length} blocked.\n`;
  const rows = passed.map((job) => [job.cluster_name, job.hub_name].map(code));
  const why = blocked.map(({ job, reason }) => [job.cluster_name, job.hub_name, reason].map(code));
  const sections = [
    tableSection("Blocked", ["Cluster", "Hub", "Why"], why, "hubs"),
    tableSection("May deploy", ["Cluster", "Hub"], rows, "hubs"),
  ];
  return lead + writeSections(sections, limit - lead.length, runUrl);
}
