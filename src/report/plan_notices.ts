import type { Notice } from "../plan/schema.ts";
import { code } from "./markdown_text.ts";
import type { Section } from "./markdown_section.ts";
import { countOf } from "./summary.ts";

/** Lists what people should know about a plan, warnings first. */
export function planNotices(notices: readonly Notice[]): Section {
  const [warnings, others] = byLevel(notices);
  return {
    heading: "\n### Notices\n\n",
    head: "",
    lines: [
      ...warnings.map(({ message }) => `- **Warning**: ${code(message)}\n`),
      ...others.map(({ message }) => `- Notice: ${code(message)}\n`),
    ],
    what: "notices",
    tail: "",
  };
}

/** Counts a plan's notices, in words. */
export function countNotices(notices: readonly Notice[]): string {
  const [warnings, others] = byLevel(notices);
  return [
    ...(warnings.length > 0 ? [countOf(warnings.length, "warning")] : []),
    ...(others.length > 0 ? [countOf(others.length, "notice")] : []),
  ].join(" and ");
}

function byLevel(
  notices: readonly Notice[],
): readonly [warnings: readonly Notice[], others: readonly Notice[]] {
  return [
    notices.filter(({ level }) => level === "warning"),
    notices.filter(({ level }) => level !== "warning"),
  ];
}
