import type { Problem } from "../errors.ts";
import { listNames } from "../text/list_names.ts";
import { problemAtKey } from "./places.ts";
import type { Repository } from "./repository.ts";

/** Finds clusters whose prod hubs have no staging hub before them. */
export function* missingCanaries({ documents }: Repository): Generator<Problem> {
  for (const document of documents) {
    const { hubs = [], support } = document.cluster ?? {};
    if (hubs.length === 0 || hubs.some(({ staging }) => staging)) continue;
    const gate = support ? "the upgrade of its support chart alone gates them" : "nothing does";
    const names = listNames(hubs.map(({ name }) => name));
    const message = `Cannot try an upgrade before it reaches the prod ` +
      `${hubs.length === 1 ? "hub" : "hubs"} ${names}: the cluster has no staging hub, and ` +
      `${gate}; add one, or say in the config which hubs are, with "isStaging"`;
    yield problemAtKey(document, ["hubs"], message);
  }
}
