import { compileGlob } from "../plan/glob.ts";
import type { Phase } from "../plan/releases.ts";
import { listNames } from "../text/list_names.ts";
import { didYouMean } from "../text/nearest.ts";
import { visible } from "../text/visible.ts";
import { releaseKey, type ReleaseName } from "./ledger_record.ts";
import type { Selection } from "./make_up.ts";

/** What someone asks for by hand. */
export interface Asked {
  /** The releases, for instance `lake`, `lake/plankton` or any staging hub. */
  readonly releases: readonly string[];
  /** The only phase that is wanted, where not all are. */
  readonly phase?: Phase | undefined;
}

/** A cluster, or a cluster and one of its releases; `*` is any number of characters. */
const PATTERN = /^[\w.*-]+(?:\/(?:[\w.*-]+|support chart))?$/;

export function selectionProblems(
  { releases }: Asked,
  known: readonly ReleaseName[],
): readonly string[] {
  const refused = releases.filter((text) => !PATTERN.test(text)).map((text) =>
    `Cannot read the release ${visible(JSON.stringify(text))}: expected CLUSTER or ` +
    "CLUSTER/RELEASE, in which * is any number of characters"
  );
  const clusters = [...new Set(known.map(({ cluster }) => cluster))].sort();
  const unknown = releases.filter((text) => PATTERN.test(text) && !known.some(matches(text))).map(
    (word) => {
      const hint = didYouMean({ word, known: [...clusters, ...known.map(releaseKey)] });
      return `Cannot find the release "${word}": there is none of that name on ` +
        `${listNames(clusters)}${hint}`;
    },
  );
  return [...refused, ...unknown];
}

/** Selects the releases that someone asks for by hand; without any, those that are owed. */
export function select({ releases, phase }: Asked): Selection {
  const wanted = releases.map(matches);
  return {
    includes: (release) =>
      (phase === undefined || phase === release.phase) &&
      (wanted.length === 0 || wanted.some((isWanted) => isWanted(release))),
    words: releases,
    canaries: phase === undefined,
  };
}

function matches(text: string): (release: ReleaseName) => boolean {
  const isWanted = compileGlob(text.includes("/") ? text : `${text}/*`);
  return (release) => isWanted(releaseKey(release));
}
