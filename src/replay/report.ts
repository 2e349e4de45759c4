import type { Counts } from "./counts.ts";

/** What one push upgrades, by both precisions. */
export interface PushReport {
  readonly commit: string;
  /** When it was committed, as an ISO 8601 date with its time. */
  readonly date: string;
  /** The first line of its message. */
  readonly subject: string;
  /** How many files it added, modified or deleted. */
  readonly changed_files: number;
  /** How many clusters are left out, since their files cannot be read. */
  readonly unreadable: number;
  readonly cluster: Counts;
  readonly hub: Counts;
  /** What `cluster` upgrades and `hub` does not. */
  readonly avoided: Counts;
  /** What `hub` upgrades and `cluster` does not. */
  readonly added: Counts;
}

export interface RuleReport {
  readonly rule: string;
  /** The upgrades that it caused; those with several causes count for each of these. */
  readonly upgrades: Counts;
  readonly alone: Counts;
}

/** What one precision upgrades in all pushes together. */
export interface PrecisionReport<Rule extends RuleReport = RuleReport> {
  /** How many pushes upgrade anything. */
  readonly pushes: number;
  readonly upgrades: Counts;
  /** What each rule caused, the most costly first. */
  readonly rules: readonly Rule[];
  /** The pushes that upgrade most, the most expensive first. */
  readonly most_expensive: readonly PushReport[];
}

/** A file that could not be read for a while. */
export interface UnreadableReport {
  /** The `cluster.yaml`, or the folder that lacks one. */
  readonly file: string;
  /** What is wrong with it, by today's checks. */
  readonly message: string;
  /** The first and the last push after which it was so. */
  readonly first: string;
  readonly last: string;
  /** How many pushes could not be planned for it. */
  readonly pushes: number;
}

/** What planning every push of a history says: what `replay --format json` prints. */
export interface ReplayReport {
  readonly version: 1;
  /** The commit before the first push and the last push, as full hashes. */
  readonly from: string;
  readonly to: string;
  /** Whether the clone is shallow, and older history may be elsewhere. */
  readonly shallow: boolean;
  readonly pushes: number;
  readonly precisions: {
    /** For each rule also the upgrades that it alone caused and that `hub` avoids. */
    readonly cluster: PrecisionReport<RuleReport & { readonly alone_avoided: Counts }>;
    readonly hub: PrecisionReport;
  };
  /** What `cluster` upgrades and `hub` does not; no percentage where `cluster` upgrades nothing. */
  readonly avoided: { readonly upgrades: Counts; readonly percent: number | null };
  /** What `hub` upgrades and `cluster` does not: what the deletion of a file reaches. */
  readonly added: Counts;
  /** The pushes after which some cluster could not be read. */
  readonly unreadable_pushes: number;
  /** What could not be read, in the order in which it was met. */
  readonly unreadable: readonly UnreadableReport[];
  /** At `to`: the files in the clusters' folder that no `cluster.yaml` names, and no other rule. */
  readonly unreferenced_files: readonly string[];
  /** At `to`: the clusters that have prod hubs and no staging hub. */
  readonly clusters_without_canary: readonly {
    readonly cluster_name: string;
    readonly prod_hubs: readonly string[];
    /** Whether it has a support chart, whose upgrade gates the hubs where both are upgraded. */
    readonly support_chart: boolean;
  }[];
  /** Every push, oldest first. */
  readonly history: readonly PushReport[];
}
