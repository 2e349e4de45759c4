import type * as z from "../zod.ts";
import type * as schemas from "./schemas.ts";

/** The name of a schema in `schemas.ts`. */
export type SchemaName = keyof typeof schemas;

/** What a schema reads. */
export type SchemaOutput<Name extends SchemaName> = z.output<ReturnType<(typeof schemas)[Name]>>;

/** An option of a command, `--name VALUE`, or a flag where it takes no value. */
export type OptionDefinition =
  | {
    /** One line for `--help`. */
    readonly help: string;
    readonly value?: never;
  }
  | {
    /** One line for `--help`. */
    readonly help: string;
    /** What the value is called in `--help`. */
    readonly value: string;
    /** How the value's text is read. */
    readonly schema: SchemaName;
    /** Whether the option may be given several times: its schema then reads a list of texts. */
    readonly repeatable?: boolean;
    /** Whether the value stands by itself, without a name before it. */
    readonly positional?: boolean;
  };

/** An environment variable that a command reads. */
export interface VariableDefinition {
  /** One line for `--help`. */
  readonly help: string;
  /** Who sets it: GitHub's runner, or the workflow's step. */
  readonly from: "runner" | "step";
  /** How its text is read; `undefined` stands for a variable that is not set. */
  readonly schema: SchemaName;
}

/** A step output that a command writes: text as it is, everything else as JSON. */
export interface OutputDefinition {
  /** One line for `--help`. */
  readonly help: string;
  /** What it holds. */
  readonly schema: SchemaName;
}

/** Something that a command touches on disk: a path, or what a variable or an option names. */
export type PathSource =
  | { readonly path: string }
  | { readonly variable: string }
  | { readonly option: string };

/**
 * What a command needs of {@link https://docs.deno.com/runtime/fundamentals/security/ Deno's permissions}
 * inside a workflow. The environment variables follow from the definition.
 */
export interface Access {
  /** What it reads. */
  readonly read: readonly PathSource[];
  /** What it writes. */
  readonly write: readonly PathSource[];
  /** The programs that it starts. */
  readonly run: readonly string[];
  /** Whether it talks to GitHub's API at `GITHUB_API_URL`. */
  readonly api: boolean;
}

type Definitions<Definition> = Readonly<Record<string, Definition>>;

/** A runtime command, defined once for its command line and for the workflow step that calls it. */
export interface Command<
  Options extends Definitions<OptionDefinition> = Definitions<OptionDefinition>,
  Variables extends Definitions<VariableDefinition> = Definitions<VariableDefinition>,
  Outputs extends Definitions<OutputDefinition> = Definitions<OutputDefinition>,
> {
  /** The subcommand's name. */
  readonly name: string;
  /** One line for `--help`. */
  readonly summary: string;
  /** Command lines for `--help`, each with what it does. */
  readonly examples: readonly (readonly [command: string, does: string])[];
  /** The options by name, without the leading dashes. */
  readonly options: Options;
  /** The environment variables that it reads, by name. */
  readonly variables: Variables;
  /** The step outputs that it writes, by name. */
  readonly outputs: Outputs;
  /** What it needs inside a workflow. */
  readonly access: Access;
}

/** Defines a runtime command. */
export function defineCommand<
  const Options extends Definitions<OptionDefinition>,
  const Variables extends Definitions<VariableDefinition>,
  const Outputs extends Definitions<OutputDefinition>,
>(command: Command<Options, Variables, Outputs>): Command<Options, Variables, Outputs> {
  return command;
}

/** A command's options as text: what stands on the command line, before it is read. */
export type OptionTexts<Definition extends Command> = {
  readonly [Name in keyof Definition["options"]]?: Definition["options"][Name] extends {
    readonly repeatable: true;
  } ? readonly string[]
    : Definition["options"][Name] extends { readonly value: string } ? string
    : true;
};

/** The values of a command's options, as its code gets them. */
export type OptionValues<Definition extends Command> = {
  readonly [Name in keyof Definition["options"]]?: Definition["options"][Name] extends {
    readonly schema: infer Schema extends SchemaName;
  } ? SchemaOutput<Schema>
    : true;
};

/** The values of a command's environment variables, as its code gets them. */
export type VariableValues<Definition extends Command> = {
  readonly [Name in keyof Definition["variables"]]: SchemaOutput<
    Definition["variables"][Name]["schema"]
  >;
};

/** The values of a command's outputs, as its code gives them. */
export type OutputValues<Definition extends Command> = {
  readonly [Name in keyof Definition["outputs"]]: SchemaOutput<
    Definition["outputs"][Name]["schema"]
  >;
};
