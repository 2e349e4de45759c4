/**
 * Who needs no ledger: it is told what every release runs, and says from the files of each commit
 * alone what is out of date.
 */
import { isDeepStrictEqual } from "node:util";
import { load } from "js-yaml";
import type { Config } from "../../src/config/config.ts";
import { type TouchedRelease, touchedReleases } from "../precise/oracle.ts";
import { CLUSTERS_DIR, type ClusterValue, type Files } from "../precise/world.ts";

/** With the rules that `precision: "cluster"` is tried with, written out for the rule table. */
export const CLASSIC = {
  precision: "cluster",
  rules: {
    allHubs: ["deployer/**", "helm-charts/basehub/**", "!**/*.md"],
    allSupport: ["helm-charts/support/**"],
    fileKeys: ["override_file", "gcp.key"],
  },
} as const satisfies Config;

/** A commit, as far as releases go. */
interface Known {
  /** The releases that are there, and whether the commit touched them, by their keys. */
  readonly releases: ReadonlyMap<string, TouchedRelease>;
  /** What its labels skip: nothing of that is owed on its account. */
  readonly skips: (phase: TouchedRelease["phase"]) => boolean;
}

export class NaivePlanner {
  readonly commits: Known[] = [];
  /** The commit that a release runs, by its key; `undefined` where it may run anything. */
  readonly #runs = new Map<string, number | undefined>();
  /** The newest commit that a release has ever been begun to be upgraded to. */
  readonly #newest = new Map<string, number>();

  constructor(readonly config: Config) {}

  commit(before: Files, after: Files, skips: Known["skips"]): void {
    this.commits.push({ releases: this.compare(before, after), skips });
  }

  /** The releases that are there after a change, by their keys. */
  compare(before: Files, after: Files): Known["releases"] {
    const touched = this.config.precision === "hub" ? touchedReleases : byRuleTable;
    return new Map(
      touched(before, after, this.config).map((release) => [keyOf(release), release]),
    );
  }

  /** The releases that are there at a commit. */
  at(commit: number): ReadonlyMap<string, TouchedRelease> {
    return this.commits[commit]?.releases ?? new Map();
  }

  begin(key: string, commit: number): void {
    if (commit < (this.#newest.get(key) ?? 0)) throw new Error(`${key} goes to an older commit`);
    this.#newest.set(key, commit);
    this.#runs.set(key, undefined);
  }

  succeed(key: string, commit: number): void {
    this.#runs.set(key, commit);
  }

  /**
   * Forgets that a release may run anything, where nothing has touched it since a commit: only the
   * record that is lost knew that someone asked for it, or that it went before a prod hub.
   */
  forget(key: string, since: number): void {
    const begun = this.#begun(key);
    if (this.#isUnknown(key) && !this.#isTouched(key, since, begun)) this.#runs.set(key, begun);
  }

  /** Whether a release that is there at a commit has to be upgraded to it. */
  isOutdated(key: string, head: number): boolean {
    // What is not there runs nothing: it is as new as it can be when it comes back.
    const gone = this.commits.findLastIndex(({ releases }, index) =>
      index <= head && !releases.has(key)
    );
    return this.#isTouched(key, Math.max(gone, 0), head) ||
      (this.#isUnknown(key) && this.#begun(key) > gone);
  }

  /** Whether upgrading it may change anything; labels of commits up to one do not count. */
  mayChange(key: string, head: number, unlabelled: number): boolean {
    return this.#isUnknown(key) || this.#isTouched(key, 0, head, unlabelled);
  }

  #isUnknown(key: string): boolean {
    return this.#runs.has(key) && this.#runs.get(key) === undefined;
  }

  #begun(key: string): number {
    return this.#newest.get(key) ?? 0;
  }

  #isTouched(key: string, from: number, head: number, unlabelled = 0): boolean {
    const since = Math.max(from, this.#runs.get(key) ?? 0);
    return this.commits.some(({ releases, skips }, index) => {
      const release = releases.get(key);
      return index > since && index <= head && release?.touched &&
        (index <= unlabelled || !skips(release.phase));
    });
  }
}

function keyOf({ cluster, name = "support chart" }: TouchedRelease): string {
  return `${cluster}/${name}`;
}

/** docs/rules.md for {@linkcode CLASSIC}: files that were added or modified decide. */
function byRuleTable(before: Files, after: Files): readonly TouchedRelease[] {
  const changed = [...after.keys()].filter((path) =>
    !isDeepStrictEqual(before.get(path), after.get(path)) && !path.endsWith(".md")
  );
  const isIn = (...folders: readonly string[]) =>
    changed.some((path) => folders.some((folder) => path.startsWith(folder)));
  const everyHub = isIn("deployer/", "helm-charts/basehub/");
  const everySupport = isIn("helm-charts/support/");
  return [...after].flatMap(([path, { text }]) => {
    const [, folder] = /^(config\/clusters\/[^/]+)\/cluster\.yaml$/.exec(path) ?? [];
    if (folder === undefined || folder === `${CLUSTERS_DIR}/templates`) return [];
    const value = load(text.replace(/^\uFEFF/, "")) as ClusterValue;
    const cluster = value.name;
    const reads = (...names: readonly unknown[]) =>
      names.some((name) =>
        name !== undefined && changed.includes(
          decodeURI(new URL(encodeURI(`${name}`), `file:///${encodeURI(folder)}/`).pathname)
            .slice(1),
        )
      );
    const ofCluster = (of: Readonly<Record<string, unknown>>) =>
      reads(of.override_file, (of.gcp as { readonly key?: string } | undefined)?.key);
    const whole = changed.includes(path) || ofCluster(value);
    const { support, hubs } = value;
    return [
      ...(support === undefined ? [] : [{
        ...{ cluster, phase: "support" as const },
        touched: whole || everySupport || ofCluster(support) ||
          reads(...support.helm_chart_values_files ?? []),
      }]),
      ...hubs.map((hub) => ({
        ...{ cluster, name: hub.name },
        phase: hub.name.includes("staging") ? "staging" as const : "prod" as const,
        touched: whole || everyHub || ofCluster(hub) ||
          reads(...hub.helm_chart_values_files ?? []),
      })),
    ];
  });
}
