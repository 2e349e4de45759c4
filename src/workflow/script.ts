import { shellQuote } from "../text/shell_quote.ts";
declare const kind: unique symbol;

/** A reference to an environment variable of the step, as a quoted word of its script. */
export class EnvVariable {
  declare readonly [kind]: "variable";
  /** The variable's name. */
  readonly name: string;

  /**
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
  declare readonly [kind]: "script";
  /** The script's text, without a final line break. */
  readonly text: string;

  /**
   * @param text The script's text.
   * @throws {TypeError} Where the text holds `${{`, which GitHub would replace before the shell
   * sees it, so that the value could run as code; and where quotes stand around a variable, which
   * is quoted already.
   * @see {@link https://docs.github.com/actions/concepts/security/script-injections}
   */
  constructor(text: string) {
    if (text.includes("${{")) {
      throw new TypeError(
        `Cannot use ${JSON.stringify(text)} as a script: expected no "\${{", which would let a ` +
          `value run as code; pass the value through env`,
      );
    }
    if (text.includes('""$')) {
      throw new TypeError(
        `Cannot use ${JSON.stringify(text)} as a script: a variable is quoted already; leave out ` +
          "the quotes around it",
      );
    }
    this.text = text;
  }
}

/**
 * Writes a script. A variable becomes a quoted word, text becomes a quoted word, and another
 * script is put in as it is; an expression does not compile.
 *
 * @param strings The script's text.
 * @param words What goes into it.
 * @returns The script.
 * @example
 * ```ts
 * import assert from "node:assert";
 * import { EnvVariable, script } from "./script.ts";
 *
 * const { text } = script`deploy ${new EnvVariable("HUB")} ${"it's"}`;
 * assert(text === `deploy "$HUB" 'it'\\''s'`);
 * ```
 */
export function script(
  strings: TemplateStringsArray,
  ...words: readonly (EnvVariable | Script | string)[]
): Script {
  return new Script(
    strings.map((text, index) => text + printWord(words[index])).join("").trim(),
  );
}

function printWord(word: EnvVariable | Script | string | undefined): string {
  if (word === undefined) return "";
  if (word instanceof EnvVariable) return `"$${word.name}"`;
  return word instanceof Script ? word.text : shellQuote(word);
}
