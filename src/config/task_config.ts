/** A workflow that runs a command for clusters or for hubs, in parallel. */
export interface Task {
  /** The workflow's name; its file is `task-` and the name in small letters. */
  readonly name: string;
  /** When it runs. On a schedule or by hand, it runs for all clusters or hubs. */
  readonly on: {
    /** A cron schedule in UTC: `17 4 * * *`. Default: none. */
    readonly schedule?: string;
    /** Whether people may start it. Default: no. */
    readonly dispatch?: boolean;
    /** Whether a push to the default branch runs it for what that affects. Default: no. */
    readonly push?: boolean;
    /**
     * What happens on a pull request: `run` runs it for what that affects, without access to any
     * cluster; `plan` says in a comment what merging would run it for. Default: nothing.
     */
    readonly pullRequest?: "run" | "plan";
  };
  /** What it runs for. */
  readonly each: "cluster" | "hub";
  /**
   * The paths that affect a cluster when they change; `{cluster}` and `{provider}` stand for its names.
   * Default: the rules that decide an upgrade.
   */
  readonly rules?: readonly string[];
  /** The command; the words `CLUSTER` and `HUB` stand for the names. */
  readonly run: string;
  /** Whether the steps of `setup` give it access to the cluster first. Default: no. */
  readonly access?: boolean;
}
