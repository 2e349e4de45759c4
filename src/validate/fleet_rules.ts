import type { Problem } from "../errors.ts";
import { tooManyLegs } from "../plan/matrix_size.ts";
import { namesInWaves } from "../plan/waves.ts";
import { listNames } from "../text/list_names.ts";
import { problemAtKey } from "./entries.ts";
import type { Repository } from "./repository.ts";

/** Finds a fleet whose hubs or clusters are more than its layout has room for in one push. */
export function* largeFleet({ documents, settings }: Repository): Generator<Problem> {
  const clusters = documents.flatMap(({ cluster }) => cluster ?? []);
  const canaries = clusters.filter(({ hubs, addons = [], support }) =>
    support !== null || addons.length > 0 || hubs.some(({ staging }) => staging)
  );
  const names = clusters.map(({ name }) => name);
  const legs = {
    canaries: canaries.map(({ name }) => name),
    prod: clusters.flatMap(({ name, hubs }) =>
      hubs.filter(({ staging }) => !staging).map(() => name)
    ),
    ...(settings.waves && { waves: namesInWaves(names, settings.waves) }),
  };
  for (const { legs: many, most, set } of tooManyLegs(legs, settings)) {
    const message = `Cannot upgrade everything in one push: found ${many}, and ${most}; a change ` +
      'to a path of "rules.allHubs" will be refused, so ' +
      (set === undefined ? "decide now how to roll one out" : `set ${set} in the config`);
    yield { file: settings.clustersDir, message };
  }
}

/** Finds clusters whose prod hubs have no staging hub before them. */
export function* missingCanaries({ documents, settings }: Repository): Generator<Problem> {
  const isGated = documents.some(({ cluster }) => cluster?.hubs.some(({ staging }) => staging));
  if (settings.gate === "fleet" && isGated) return;
  for (const document of documents) {
    const { hubs = [], support, addons = [] } = document.cluster ?? {};
    if (hubs.length === 0 || hubs.some((hub) => hub.staging)) continue;
    const gates = [
      ...(support ? ["support chart"] : []),
      ...(addons.length > 0 ? ["add-ons"] : []),
    ];
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
