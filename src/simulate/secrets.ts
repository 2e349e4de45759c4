import { data } from "@actions/expressions";

/**
 * The `secrets` context. Only GitHub knows the secrets, so each has a made-up value, which is
 * masked from the moment it is read.
 */
export class Secrets extends data.Dictionary {
  readonly #token: string;
  readonly #masks: Set<string>;

  constructor(token: string, masks: Set<string>) {
    super();
    this.#token = token;
    this.#masks = masks;
  }

  override get(name: string): data.ExpressionData {
    const value = name.toUpperCase() === "GITHUB_TOKEN" ? this.#token : `simulated secret ${name}`;
    this.#masks.add(value);
    return new data.StringData(value);
  }
}
