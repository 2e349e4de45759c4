import type { Io } from "../io/io.ts";
import type * as z from "../zod.ts";
import { COMMON_OPTIONS } from "./common.ts";
import { COMMON_VARIABLES, type VariableDefinition } from "./variables.ts";

/** An option of a command, `--name VALUE`, or a flag `--name` where it has no schema. */
export interface OptionDefinition {
  readonly help: string;
  /** What the value is called in `--help`. */
  readonly value?: string;
  /** Reads the value's text; shells complete the choices of an enum. */
  readonly schema?: z.ZodMiniType;
  /** Whether the option may be given several times: its schema then reads a list of texts. */
  readonly repeatable?: boolean;
  /** Whether the value is an argument of its own, without a name before it. */
  readonly positional?: boolean;
}

/** A step output that a command writes: text as it is, everything else as JSON. */
export type OutputDefinition = Pick<VariableDefinition, "help" | "schema">;

/** A path that a command touches: the repository, or what a variable or an option names. */
export type PathSource = "." | `$${string}` | `--${string}`;

/**
 * What a command needs of {@link https://docs.deno.com/runtime/fundamentals/security/ Deno's permissions}
 * inside a workflow. The environment variables follow from the definition.
 */
export interface Access {
  readonly read: readonly PathSource[];
  readonly write: readonly PathSource[];
  readonly run: readonly string[];
  /** Whether it talks to GitHub's API at `GITHUB_API_URL`. */
  readonly api: boolean;
}

type Options = Readonly<Record<string, OptionDefinition>>;
type Variables = Readonly<Record<string, VariableDefinition>>;
type Outputs = Readonly<Record<string, OutputDefinition>>;
type None = Readonly<Record<never, never>>;

/** A command, defined once: for its command line, for the workflow step that calls it, and to run. */
export interface Command<
  O extends Options = Options,
  V extends Variables = Variables,
  Out extends Outputs = Outputs,
> {
  readonly name: string;
  readonly summary: string;
  /** Command lines for `--help`, each with what it does. */
  readonly examples: readonly (readonly [command: string, does: string])[];
  readonly options: O;
  readonly variables: V;
  readonly outputs: Out;
  readonly access: Access;
  run(call: Call<O, V, Out>): Promise<number>;
}

/** One call of a command: what it was given, and what it has of the outside world. */
export interface Call<O extends Options, V extends Variables, Out extends Outputs> {
  readonly options: OptionValues<O>;
  readonly variables: VariableValues<V>;
  /** Writes its step outputs as `GITHUB_OUTPUT` takes them. */
  readonly formatOutputs: (values: OutputValues<Out>) => string;
  readonly io: Io;
}

/**
 * Defines a command; its type keeps the names of its options, variables and outputs. What is left
 * out of its access is not allowed.
 */
// @__NO_SIDE_EFFECTS__
export function command<
  const O extends Options,
  const V extends Variables = None,
  const Out extends Outputs = None,
>(
  { options, variables, outputs, access, ...rest }:
    & Pick<Command, "name" | "summary" | "examples">
    & {
      readonly options: O;
      readonly variables?: V;
      readonly outputs?: Out;
      readonly access?: Partial<Access>;
      run(call: Call<O & typeof COMMON_OPTIONS, V & typeof COMMON_VARIABLES, Out>): Promise<number>;
    },
): Command<O & typeof COMMON_OPTIONS, V & typeof COMMON_VARIABLES, Out> {
  return {
    ...rest,
    options: { ...options, ...COMMON_OPTIONS },
    variables: { ...variables as V, ...COMMON_VARIABLES },
    outputs: { ...outputs as Out },
    access: { read: [], write: [], run: [], api: false, ...access },
  };
}

export type OptionTexts = Readonly<Record<string, string | readonly string[] | true>>;

export type OptionValues<O extends Options> = {
  readonly [Name in keyof O]?: O[Name] extends
    { readonly schema: infer Schema extends z.ZodMiniType } ? z.output<Schema>
    : true;
};

export type VariableValues<V extends Variables> = {
  readonly [Name in keyof V]: z.output<V[Name]["schema"]>;
};

export type OutputValues<Out extends Outputs> = {
  readonly [Name in keyof Out]: Readonly<z.output<Out[Name]["schema"]>>;
};
