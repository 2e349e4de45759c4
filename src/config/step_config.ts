import type { Expression } from "../workflow/expression.ts";
import type { Step } from "../workflow/step.ts";
import type { Value } from "../workflow/text.ts";

/** What a leg knows of its cluster, as expressions for the `with`, `env` and `if` of steps. */
export interface Leg {
  /** The cluster's name. */
  readonly cluster_name: Expression<string>;
  /** The cluster's provider. */
  readonly provider: Expression<string>;
  /** What `clusters.read` gives for the cluster under `values`, by name. */
  readonly value: (name: string) => Expression<string>;
  /** How the leg stands so far. */
  readonly status: Expression<"success" | "failure" | "cancelled">;
}

/** What the leg of a prod hub knows. */
export interface ProdLeg extends Leg {
  /** The hub's name. */
  readonly hub_name: Expression<string>;
}

/** A step of a config, written as an object. */
export type PlainStep =
  & {
    /** The name in the log. */
    readonly name: string;
    /** What its outputs are read by. */
    readonly id?: string;
    /** When it runs; without one, always. */
    readonly if?: Expression<unknown>;
    /** Its environment variables. */
    readonly env?: Readonly<Record<string, Value | undefined>>;
    /** Whether the job goes on as if nothing had happened where the step fails. Default: no. */
    readonly continueOnError?: boolean;
    /** When GitHub ends it; without one, when the job ends. */
    readonly timeoutMinutes?: number;
    /** The names of its outputs. They need an `id`. */
    readonly outputs?: readonly string[];
    /** A comment above it. */
    readonly comment?: string;
  }
  & (
    | {
      /**
       * A local action (`./path`), `owner/name` where `actions.lock.json` has its commit, or
       * `owner/name@` and a commit of 40 hexadecimal digits.
       */
      readonly uses: string;
      /** The version that the commit is: `v1.2.3`. Needed where `uses` names a commit. */
      readonly version?: string;
      /** The action's inputs. */
      readonly with?: Readonly<Record<string, Value | undefined>>;
    }
    | {
      /** A shell script. It reads values through `env`; `${{ }}` is refused. */
      readonly run: string;
      /** Its shell; without one, that of the job. */
      readonly shell?: string;
      /** The folder in which it runs; without one, the repository's root. */
      readonly workingDirectory?: string;
    }
  );

/** A step of a config: an object, or what `run` and `uses` make. */
export type SetupStep = PlainStep | Step;

/** A list of steps. */
export type Steps = readonly SetupStep[];
