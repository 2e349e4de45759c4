import type { Problem } from "../errors.ts";
import { likelyEdits, nearest } from "../text/nearest.ts";
import { describeEntries, entriesOf, problemAt, problemInConfig } from "./entries.ts";
import { lookUp } from "../repository/files.ts";
import type { Repository } from "./repository.ts";

/**
 * Finds charts that a hub or the config names and that the charts' folder does not hold. A chart
 * from elsewhere, `oci://...` or `repository/chart`, may be there. So may all in a repository
 * without such a folder.
 */
export function* unknownCharts(repository: Repository): Generator<Problem> {
  const { documents, settings: { chartsDir, rules }, tree } = repository;
  if (lookUp(tree, chartsDir).kind !== "folder") return;
  for (const document of documents) {
    const hubs = entriesOf(document).filter(({ of }) => of === "hub");
    for (const [chart, users] of Map.groupBy(hubs, ({ value }) => value.helm_chart)) {
      if (typeof chart !== "string" || chart === "") continue;
      const wrong = describeWrong(repository, chart);
      if (wrong === undefined) continue;
      const path = [...users[0]?.path ?? [], "helm_chart"];
      const message = `Cannot find the chart ${JSON.stringify(chart)} of ` +
        `${describeEntries(users)}: ${wrong}`;
      yield problemAt(document, path, message);
    }
  }
  for (const chart of Object.keys(rules.charts)) {
    const wrong = describeWrong(repository, chart);
    if (wrong === undefined) continue;
    const message = `Cannot find the chart ${JSON.stringify(chart)} of "rules.charts": ${wrong}`;
    yield problemInConfig(repository, chart, message);
  }
}

/** What is wrong with a chart, in words; `undefined` where it is there or comes from elsewhere. */
function describeWrong({ settings, tree }: Repository, chart: string): string | undefined {
  const { chartsDir } = settings;
  const wanted = `${chartsDir}/${chart}/Chart.yaml`;
  if (/[/:]/.test(chart) || ["file", "link"].includes(lookUp(tree, wanted).kind ?? "")) return;
  const charts = [...tree.list(chartsDir)?.keys() ?? []].sort();
  const near = charts.includes(chart) ? undefined : nearest(chart, charts, likelyEdits(chart));
  return `expected the file ${wanted}${near === undefined ? "" : `; did you mean "${near}"?`}`;
}
