import type { Problem } from "../errors.ts";
import type { Position } from "../text/line_and_column.ts";
import { positionOf } from "../text/yaml_tree.ts";
import { loadYaml } from "./load_yaml.ts";

/** How many mistakes of one file are listed; where there are more, many share one cause. */
const MOST_LISTED = 100;

/** Collects what is wrong with a `cluster.yaml`: the first mistakes with their places, then a count. */
export class Mistakes {
  readonly #file: { readonly path: string; readonly text: string };
  readonly #listed: Problem[] = [];
  #more = 0;

  constructor(file: { readonly path: string; readonly text: string }) {
    this.#file = file;
  }

  /** Adds a mistake; of what was found in place of text, how to write it as text. */
  add(at: readonly PropertyKey[], message: string, found?: unknown): void {
    if (this.#listed.length === MOST_LISTED) {
      this.#more++;
      return;
    }
    const { path: file, text } = this.#file;
    const place = positionOf(text, at);
    this.#listed.push({ file, ...place, message: `${message}${quoteAdvice(text, place, found)}` });
  }

  get problems(): readonly Problem[] {
    if (this.#more === 0) return this.#listed;
    const message = `Cannot read it: found ${this.#more} more mistakes`;
    return [...this.#listed, { file: this.#file.path, message }];
  }
}

/** What to do where YAML reads a name or a path as a number, or as true or false. */
function quoteAdvice(text: string, { line, column }: Position, found: unknown): string {
  if (!["number", "boolean"].includes(typeof found)) return "";
  const written = text.split("\n")[line - 1]?.slice(column - 1) ?? "";
  const [word = ""] = /^[\w.+-]*/.exec(written) ?? [];
  // What an alias means is written elsewhere.
  const isWritten = word !== "" && Object.is(loadYaml(word), found);
  return `; write it in quotes${isWritten ? `: "${word}"` : ""}`;
}
