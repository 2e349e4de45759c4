import type { Notice } from "../plan/schema.ts";
import { code } from "./markdown_text.ts";
import type { Section } from "./markdown_section.ts";
import { countOf } from "./summary.ts";

/** Lists what people should know about a plan, warnings first. */
export function planNotices(notices: readonly Notice[]): Section {
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

/** Counts a plan's notices, in words. */
export function countNotices(notices: readonly Notice[]): string {
  const { warning = [], notice = [] } = Object.groupBy(notices, ({ level }) => level);
  return Object.entries({ warning, notice }).filter(([, some]) => some.length > 0)
    .map(([level, some]) => countOf(some.length, level)).join(" and ");
}
