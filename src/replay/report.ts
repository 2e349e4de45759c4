import type { Counts } from "./counts.ts";

/** What one push upgrades, by both precisions. */
export interface PushReport {
  /** The commit, as a full hash. */
  readonly commit: string;
  /** When it was committed, as an ISO 8601 date with its time. */
  readonly date: string;
  /** The first line of its message. */
  readonly subject: string;
  /** How many files it added, modified or deleted. */
  readonly changed_files: number;
  /** How many clusters are left out, since their files cannot be read. */
  readonly unreadable: number;
  /** What `precision: "cluster"` upgrades. */
  readonly cluster: Counts;
  /** What `precision: "hub"` upgrades. */
  readonly hub: Counts;
  /** What `cluster` upgrades and `hub` does not. */
  readonly avoided: Counts;
  /** What `hub` upgrades and `cluster` does not. */
  readonly added: Counts;
}

/** What one rule caused. */
export interface RuleReport {
  /** The rule. */
  readonly rule: string;
  /** The upgrades that it caused; those with several causes count for each of these. */
  readonly upgrades: Counts;
  /** The upgrades that it alone caused. */
  readonly alone: Counts;
}

/** What one rule caused by `precision: "cluster"`. */
export interface ClassicRuleReport extends RuleReport {
  /** Those that it alone caused and that `precision: "hub"` avoids. */
  readonly alone_avoided: Counts;
}

/** What one precision upgrades in all pushes together. */
export interface PrecisionReport<Rule extends RuleReport = RuleReport> {
  /** How many pushes upgrade anything. */
  readonly pushes: number;
  /** What is upgraded. */
  readonly upgrades: Counts;
  /** What each rule caused, the most costly first. */
  readonly rules: readonly Rule[];
  /** The pushes that upgrade most, the most expensive first. */
  readonly most_expensive: readonly PushReport[];
}

/** A cluster whose prod hubs no staging hub goes before. */
export interface ClusterWithoutCanary {
  /** The cluster's name. */
  readonly cluster_name: string;
  /** Its prod hubs. */
  readonly prod_hubs: readonly string[];
  /** Whether it has a support chart, whose upgrade gates them where both are upgraded. */
  readonly support_chart: boolean;
}

/** A file that could not be read for a while. */
export interface UnreadableReport {
  /** The `cluster.yaml`, or the folder that lacks one. */
  readonly file: string;
  /** What is wrong with it, by today's checks. */
  readonly message: string;
  /** The first push after which it was so. */
  readonly first: string;
  /** The last push after which it was so. */
  readonly last: string;
  /** How many pushes could not be planned for it. */
  readonly pushes: number;
}

/** What planning every push of a history says: what `replay --format json` prints. */
export interface ReplayReport {
  /** The shape's version. */
  readonly version: 1;
  /** The commit before the first push, as a full hash. */
  readonly from: string;
  /** The last push, as a full hash. */
  readonly to: string;
  /** Whether the clone is shallow, and older history may be elsewhere. */
  readonly shallow: boolean;
  /** How many pushes there are. */
  readonly pushes: number;
  /** What each precision upgrades. */
  readonly precisions: {
    /** The classic rule: a changed `cluster.yaml` upgrades all of its cluster. */
    readonly cluster: PrecisionReport<ClassicRuleReport>;
    /** What did change is upgraded. */
    readonly hub: PrecisionReport;
  };
  /** What `cluster` upgrades and `hub` does not. */
  readonly avoided: {
    /** The upgrades. */
    readonly upgrades: Counts;
    /** How much that is of what `cluster` upgrades; `null` where it upgrades nothing. */
    readonly percent: number | null;
  };
  /** What `hub` upgrades and `cluster` does not: what the deletion of a file reaches. */
  readonly added: Counts;
  /** The pushes after which some cluster could not be read. */
  readonly unreadable_pushes: number;
  /** What could not be read, in the order in which it was met. */
  readonly unreadable: readonly UnreadableReport[];
  /** At `to`: the files in the clusters' folder that no `cluster.yaml` names, and no other rule. */
  readonly unreferenced_files: readonly string[];
  /** At `to`: the clusters that have prod hubs and no staging hub. */
  readonly clusters_without_canary: readonly ClusterWithoutCanary[];
  /** Every push, oldest first. */
  readonly history: readonly PushReport[];
}
