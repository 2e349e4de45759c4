import type { Problem } from "../errors.ts";
import { quoteAdvice } from "./quote_advice.ts";
import { positionOf } from "../text/yaml_tree.ts";

/** How many mistakes of one file are listed; where there are more, many share one cause. */
const MOST_LISTED = 100;

/** What is wrong at a place of a `cluster.yaml`. */
interface Mistake {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Collects what is wrong with a `cluster.yaml`: the first hundred mistakes with their places, then a count. */
export class Mistakes {
  readonly #file: { readonly path: string; readonly text: string };
  readonly #listed: Mistake[] = [];
  #more = 0;

  constructor(file: { readonly path: string; readonly text: string }) {
    this.#file = file;
  }

  /** Adds a mistake; of what was found in place of text, how to write it as text. */
  add(path: readonly PropertyKey[], message: string, found?: unknown): void {
    if (this.#listed.length === MOST_LISTED) this.#more++;
    else {
      const advice = quoteAdvice(this.#file.text, path, found);
      this.#listed.push({ path, message: `${message}${advice}` });
    }
  }

  get any(): boolean {
    return this.#listed.length > 0;
  }

  get problems(): readonly Problem[] {
    const { path: file, text } = this.#file;
    const listed = this.#listed.map(({ path, message }) => ({
      file,
      ...positionOf(text, path),
      message,
    }));
    const more = { file, message: `Cannot read it: found ${this.#more} more mistakes` };
    return this.#more === 0 ? listed : [...listed, more];
  }
}
