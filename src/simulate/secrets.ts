import { data } from "@actions/expressions";
import type { Run } from "./world.ts";

/**
 * The `secrets` context. Nobody but GitHub knows the secrets, so each has a made-up value, which is
 * masked from then on.
 *
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/contexts#secrets-context}
 */
export class Secrets extends data.Dictionary {
  readonly #run: Run;

  /** @param run The run. */
  constructor(run: Run) {
    super();
    this.#run = run;
  }

  override get(name: string): data.ExpressionData {
    const { masks, world: { api } } = this.#run;
    const value = name.toUpperCase() === "GITHUB_TOKEN" ? api.token : `simulated secret ${name}`;
    if (!masks.includes(value)) masks.push(value);
    return new data.StringData(value);
  }
}
