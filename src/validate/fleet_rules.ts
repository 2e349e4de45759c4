import { roomProblems } from "../contract/plan_outputs.ts";
import type { Problem } from "../errors.ts";
import { labelEffects } from "../plan/labels.ts";
import { plan } from "../plan/plan.ts";
import { buildRules } from "../plan/rules.ts";
import { waveOf } from "../plan/waves.ts";
import { listNames } from "../text/list_names.ts";
import { problemAtKey } from "./entries.ts";
import type { Repository } from "./repository.ts";

/** Finds a fleet of which one push cannot upgrade everything, in the layout that it has. */
export function* largeFleet({ clusters, settings, charts }: Repository): Generator<Problem> {
  const everything = plan({
    base: "",
    head: "",
    clusters,
    changed: { everything: "" },
    deleted: [],
    clusterChanges: new Map(),
    byKeys: false,
    rules: buildRules(settings, clusters, charts),
    gate: settings.gate,
    waves: settings.waves,
    labels: labelEffects([], settings.labels),
  });
  for (const { message } of roomProblems(everything, settings)) {
    yield {
      file: settings.clustersDir,
      message: `A change to a path of "rules.allHubs" will be refused: ${message}`,
    };
  }
}

export function* missingCanaries(
  { clusters, documents, settings }: Repository,
): Generator<Problem> {
  const { gate: gateOf, waves = [] } = settings;
  const staged = clusters.filter(({ hubs }) => hubs.some(({ staging }) => staging));
  if (gateOf === "fleet" && staged.length > 0) return;
  const firstStaged = Math.min(...staged.map(({ name }) => waveOf(name, waves)));
  for (const document of documents) {
    const { name = "", hubs = [], support, addons = [] } = document.cluster ?? {};
    if (hubs.length === 0 || hubs.some((hub) => hub.staging)) continue;
    if (waveOf(name, waves) > firstStaged) continue;
    const gates = [support && "support chart", addons.length > 0 && "add-ons"].filter(Boolean);
    const gate = gates.length > 0
      ? `the upgrade of its ${gates.join(" and ")} alone gates them`
      : "nothing does";
    const names = listNames(hubs.map(({ name }) => name));
    const message = `Cannot try an upgrade before it reaches the prod ` +
      `${hubs.length === 1 ? "hub" : "hubs"} ${names}: the cluster has no staging hub, and ` +
      `${gate}; add one, or say in the config which hubs are, with "isStaging"`;
    yield problemAtKey(document, ["hubs"], message);
  }
}
