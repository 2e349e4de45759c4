import type { Problem } from "../errors.ts";
import { positionOf } from "./yaml_position.ts";

/** How many mistakes of one file are told apart; a file with more has one cause for many. */
const MOST_TOLD = 100;

interface NamedText {
  readonly path: string;
  readonly text: string;
}

/** What is wrong at a place of a `cluster.yaml`. */
interface Mistake {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/**
 * Collects what is wrong with a `cluster.yaml`. The first hundred mistakes are told with their
 * places, the rest are counted.
 */
export class Mistakes {
  readonly #file: NamedText;
  readonly #told: Mistake[] = [];
  #more = 0;

  /** @param file The file. */
  constructor(file: NamedText) {
    this.#file = file;
  }

  /** Adds a mistake. */
  add(path: readonly PropertyKey[], message: string): void {
    if (this.#told.length < MOST_TOLD) this.#told.push({ path, message });
    else this.#more++;
  }

  /** Whether anything is wrong. */
  get any(): boolean {
    return this.#told.length > 0;
  }

  /** Everything that is wrong. */
  get problems(): readonly Problem[] {
    const { path: file, text } = this.#file;
    const told = this.#told.map(({ path, message }) => ({
      file,
      ...positionOf(text, path),
      message,
    }));
    const more = { file, message: `Cannot read it: found ${this.#more} more mistakes` };
    return this.#more === 0 ? told : [...told, more];
  }
}
