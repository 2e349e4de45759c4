import { shellQuote } from "../text/shell_quote.ts";

declare const kind: unique symbol;

/** A reference to an environment variable of the step, as a quoted word of its script. */
export class EnvVariable {
  /** Tells it apart from a script: for the compiler alone. */
  declare readonly [kind]: "variable";
  /** The variable's name. */
  readonly name: string;

  /**
   * Refers to a variable; the functions that make scripts are given one for each of `env`.
   *
   * @param name The variable's name.
   * @throws {TypeError} Where a shell would read another name.
   */
  constructor(name: string) {
    if (!/^[A-Za-z_]\w*$/.test(name)) {
      throw new TypeError(
        `Cannot use the environment variable ${JSON.stringify(name)} in a script: expected a ` +
          `name of letters, digits and "_"`,
      );
    }
    this.name = name;
  }
}

/** A shell script. It holds no `${{ }}`: values reach it through environment variables. */
export class Script {
  /** Tells it apart from text: there for the compiler alone. */
  declare readonly [kind]: "script";
  /** The script's text, without a final line break. */
  readonly text: string;

  /**
   * Makes a script from its text; the tag `script` quotes what is put in.
   *
   * @param text The text.
   * @throws {TypeError} Where GitHub would put a value into the text before the shell sees it, so
   * that it could run as code; and where quotes surround a variable, which is quoted already.
   * @see {@link https://docs.github.com/actions/concepts/security/script-injections}
   */
  constructor(text: string) {
    const problem = text.includes("${{")
      ? 'expected no "${{", which would let a value run as code; pass the value through env'
      : text.includes('""$')
      ? "a variable is quoted already; leave out the quotes around it"
      : undefined;
    if (problem !== undefined) {
      throw new TypeError(`Cannot use ${JSON.stringify(text)} as a script: ${problem}`);
    }
    this.text = text;
  }
}

/**
 * Writes a script. A variable becomes a quoted word, text becomes a quoted word, and another
 * script is put in as it is; an expression does not compile.
 *
 * @param strings The script's text.
 * @param words What is put into it.
 * @returns The script.
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { script } from "./script.ts";
 *
 * assert(script`echo ${"it's"}`.text === `echo 'it'\\''s'`);
 * ```
 */
export function script(
  strings: TemplateStringsArray,
  ...words: readonly (EnvVariable | Script | string)[]
): Script {
  return new Script(String.raw({ raw: strings }, ...words.map(printWord)).trim());
}

function printWord(word: EnvVariable | Script | string): string {
  if (word instanceof EnvVariable) return `"$${word.name}"`;
  return word instanceof Script ? word.text : shellQuote(word);
}
