import type { Problem } from "../errors.ts";
import { BOUNDS } from "../plan/bounds.ts";
import type { Repository } from "./repository.ts";

/** Finds a fleet whose hubs or clusters are more than one push can upgrade. */
export function* largeFleet({ documents, settings }: Repository): Generator<Problem> {
  const clusters = documents.flatMap(({ cluster }) => cluster ?? []);
  const prod = clusters.flatMap(({ hubs }) => hubs.filter(({ staging }) => !staging)).length;
  const canaries =
    clusters.filter(({ hubs, support }) => support !== null || hubs.some(({ staging }) => staging))
      .length;
  const legs = [["prod hubs", prod], ["clusters", canaries]] as const;
  const many = legs.filter(([, number]) => number > BOUNDS.legs)
    .map(([what, number]) => `${number} ${what}`);
  if (many.length === 0) return;
  const message =
    `Cannot upgrade everything in one push: found ${many.join(" and ")}, and GitHub ` +
    `makes at most ${BOUNDS.legs} jobs of one matrix; a change to a path of "rules.allHubs" will ` +
    "be refused, so decide now how to roll one out";
  yield { file: settings.clustersDir, message };
}
