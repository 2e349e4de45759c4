import { describeSource } from "../workflow/lock.ts";
import type { UsedActions } from "../workflow/pin_workflow.ts";
import type { ReportOptions } from "../text/paint.ts";
import { drawTable } from "./draw_table.ts";
import { jsonText } from "./json_text.ts";

export function pinsTable(used: UsedActions, config: string, options: ReportOptions): string {
  const rows = [...used].map(([action, pin]) =>
    pin === undefined
      ? [action, "", "", ""]
      : [action, pin.version, pin.commit, describeSource(pin.source, config)]
  );
  return drawTable(["Action", "Version", "Commit", "Pinned by"], rows, options);
}

export function pinsJson(used: UsedActions): string {
  return jsonText([...used].map(([action, pin]) => ({ action, ...pin })));
}
