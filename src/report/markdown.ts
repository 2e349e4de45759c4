import type { Filtered } from "../filter/filter.ts";
import type { Plan } from "../plan/schema.ts";
import {
  fairShares,
  type Section,
  sectionLength,
  tableHead,
  tableRow,
  writeSection,
} from "./markdown_section.ts";
import { code } from "./markdown_text.ts";
import { planClusters } from "./plan_clusters.ts";
import { countNotices, planNotices } from "./plan_notices.ts";
import { planOverview, shortenOverview } from "./plan_overview.ts";
import { planReasons, writeReasons } from "./plan_reasons.ts";
import { countUpgrades, isEmptyPlan } from "./summary.ts";

/** How a report is to be written. */
export interface MarkdownOptions {
  /** How many characters the report may have at most, 2,000 or more; what does not fit is counted. */
  readonly limit: number;
  /** Where the whole plan can be read, for a report that leaves something out. */
  readonly runUrl?: string | undefined;
}

/** How much of a report that is too long goes to notices, where clusters could fill all of it. */
const NOTICES_SHARE = 1 / 4;

/**
 * Writes a plan as Markdown, for a pull request's comment or a job summary: counts first, then what
 * is upgraded on each cluster, why, and what else people should know. What comes from the
 * repository, and so perhaps from a fork, is never markup. All of it is ASCII, so that it has one
 * length, whether characters or bytes are counted.
 *
 * Where not all of it fits, the reasons go first, then the names of hubs, then clusters and
 * notices: whole lines of them, each counted.
 */
export function planMarkdown(plan: Plan, { limit, runUrl }: MarkdownOptions): string {
  const lead = planLead(plan);
  const clusters = planClusters(plan);
  const overview = planOverview(clusters);
  const reasons = planReasons(clusters);
  const notices = planNotices(plan.notices);
  const whole = lead + writePart(overview, Infinity) + writeReasons(reasons, Infinity) +
    writePart(notices, Infinity);
  if (whole.length <= limit) return whole;

  const room = limit - lead.length - writeReasons(reasons, 0, runUrl).length;
  const share = room - Math.min(partLength(notices), Math.floor(room * NOTICES_SHARE));
  const short = writePart(shortenOverview(overview, clusters, share), share, runUrl);
  const noticed = writePart(notices, room - short.length, runUrl);
  const left = limit - lead.length - short.length - noticed.length;
  return lead + short + writeReasons(reasons, left, runUrl) + noticed;
}

function planLead(plan: Plan): string {
  const notices = countNotices(plan.notices);
  const note = notices === "" ? "" : ` See also ${notices} below.`;
  const what = isEmptyPlan(plan)
    ? `Merging this deploys nothing.${note}\n`
    : `Merging this upgrades ${countUpgrades(plan)}.${note}\n\n` +
      "On each cluster, the support chart and the staging hubs go first; its prod hubs follow " +
      "where those succeeded.\n";
  return `## Deployment plan\n\n${what}`;
}

/** Writes what the filter decided as Markdown, for the job summary. */
export function filteredMarkdown(
  { passed, blocked }: Filtered,
  { limit, runUrl }: MarkdownOptions,
): string {
  const lead = `## Prod hubs\n\n${passed.length} may deploy, ${blocked.length} blocked.\n`;
  const sections: readonly Section[] = [
    {
      heading: "\n### Blocked\n\n",
      head: tableHead(["Cluster", "Hub", "Why"]),
      lines: blocked.map(({ job, reason }) =>
        tableRow([code(job.cluster_name), code(job.hub_name), code(reason)])
      ),
      what: "hubs",
      tail: "",
    },
    {
      heading: "\n### May deploy\n\n",
      head: tableHead(["Cluster", "Hub"]),
      lines: passed.map((job) => tableRow([code(job.cluster_name), code(job.hub_name)])),
      what: "hubs",
      tail: "",
    },
  ];
  const shares = fairShares(sections.map(partLength), limit - lead.length);
  return lead + sections.map((section, index) => writePart(section, shares[index] ?? 0, runUrl))
    .join("");
}

/** Writes a section; one without lines is left out. */
function writePart(section: Section, room: number, runUrl?: string): string {
  return section.lines.length === 0 ? "" : writeSection(section, room, runUrl).text;
}

function partLength(section: Section): number {
  return section.lines.length === 0 ? 0 : sectionLength(section);
}
