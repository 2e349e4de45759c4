import assert from "node:assert/strict";
import { type TempFolder, tempFolder } from "../temp_folder.ts";
import { NAMES } from "./names.ts";

/** The marker that a text makes in whatever folder it runs. */
const RELATIVE = "hubwright-was-here";

/** An empty folder in which a file appears where any armed text runs as a command. */
export class Trap implements AsyncDisposable {
  /** The hostile texts, each with the marker's path in it. */
  readonly names: readonly string[];
  readonly #folder: TempFolder;

  private constructor(folder: TempFolder) {
    this.#folder = folder;
    this.names = NAMES.map(({ text }) => this.arm(text));
  }

  static async set(): Promise<Trap> {
    return new Trap(await tempFolder({}, "trap-"));
  }

  arm(text: string): string {
    return text.replaceAll("PWNED", () => `${this.#folder.path}/marker`);
  }

  /** Makes a text that names a marker in the folder where it runs, so that it holds no slash. */
  armHere(text: string): string {
    return text.replaceAll("PWNED", RELATIVE);
  }

  /** What has run so far: the names in the folder. */
  async sprung(...folders: readonly string[]): Promise<readonly string[]> {
    const here = [Deno.cwd(), ...folders].map((folder) => `${folder}/${RELATIVE}`);
    const found = await Promise.all(
      here.map((path) => Deno.lstat(path).then(() => [path], () => [])),
    );
    const names = (await Array.fromAsync(Deno.readDir(this.#folder.path))).map(({ name }) => name);
    return [...names, ...found.flat()];
  }

  async assertUnsprung(...folders: readonly string[]): Promise<void> {
    assert.deepEqual(await this.sprung(...folders), [], "a hostile text was executed");
  }

  [Symbol.asyncDispose](): PromiseLike<void> {
    return this.#folder[Symbol.asyncDispose]();
  }
}
