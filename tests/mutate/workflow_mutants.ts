import assert from "node:assert/strict";
import { copyExample, ROOT, type Sandbox } from "../cli/sandbox.ts";
import { runDeno } from "../run_program.ts";
import { mutate } from "./seed.ts";
import type { Scenario, WorkflowSeed } from "./workflow_seeds.ts";

/** What the commits after the first change: all hubs, then all support charts. */
const CHANGED = ["helm-charts/basehub/values.yaml", "helm-charts/support/values.yaml"];

/** What is simulated, so that between them every part of the workflows matters. */
const SCENARIOS: Readonly<Record<Scenario, readonly string[]>> = {
  "hubs": ["--base=HEAD~2", "--head=HEAD~1"],
  "hubs, a lost canary": ["--base=HEAD~2", "--head=HEAD~1", "--fail=staging:lake/staging=lost"],
  "hubs, a failed canary": ["--base=HEAD~2", "--head=HEAD~1", "--fail=staging:fjord/staging"],
  "hubs, a failed canary of the first wave": [
    ...["--base=HEAD~2", "--head=HEAD~1", "--fail=staging:lake/staging"],
  ],
  "support": ["--base=HEAD~1"],
  "a pull request": ["--base=HEAD~1", "--event=pull_request"],
};

/** Runs hubwright as it is, not as the workflows call it. */
const hubwright = (folder: Sandbox, ...args: readonly string[]) =>
  runDeno(["run", "-A", `${ROOT}/src/cli/main.ts`, ...args], {
    ...{ cwd: folder.path, signal: AbortSignal.timeout(120_000) },
  });

type Layout = Pick<WorkflowSeed, "layout">;

/** The example, in which one edit of a generated workflow after the other is tried. */
export class WorkflowMutants implements AsyncDisposable {
  readonly #folder: Sandbox;
  readonly #right = new Map<string, string>();

  private constructor(folder: Sandbox) {
    this.#folder = folder;
  }

  static async create(): Promise<WorkflowMutants> {
    const folder = await copyExample();
    await folder.git("init", "--quiet", "--initial-branch=four-jobs");
    await folder.commit("Start");
    await folder.git("checkout", "--quiet", "-b", "pipelined");
    const config = await folder.read("hubwright.config.ts");
    const keys = 'layout: "pipelined", waves: [["lake*"], ["*"]],';
    await folder.write("hubwright.config.ts", config.replace("({", `({ ${keys}`));
    const { code, err } = await hubwright(folder, "generate");
    assert.equal(code, 0, err);
    await folder.commit("Lay the jobs out");
    return new WorkflowMutants(folder);
  }

  /** What does not notice an edit: the drift check, or the simulated run. */
  async missedBy(seed: WorkflowSeed): Promise<readonly string[]> {
    const key = `${seed.layout} ${seed.scenario}`;
    const right = this.#right.get(key) ?? await this.#simulate(seed);
    this.#right.set(key, right);
    await this.#checkOut(seed);
    const text = await this.#folder.read(seed.file);
    const edited = { [seed.file]: mutate(seed, text) };
    const { code } = await this.#with(
      seed,
      edited,
      () => hubwright(this.#folder, "generate", "--check"),
    );
    const differs = await this.#simulate(seed, edited) !== right;
    return [...(code === 1 ? [] : ["the drift check"]), ...(differs ? [] : ["a simulated run"])];
  }

  async #checkOut({ layout }: Layout): Promise<void> {
    await this.#folder.git("checkout", "--quiet", "--detach", layout);
  }

  async #with<Result>(
    { layout }: Layout,
    files: Readonly<Record<string, string>>,
    work: () => Promise<Result>,
  ) {
    for (const [path, text] of Object.entries(files)) await this.#folder.write(path, text);
    const result = await work();
    await this.#folder.git("reset", "--quiet", "--hard", layout);
    return result;
  }

  /** What a run would deploy and say, in a repository whose files were always so. */
  async #simulate(
    { layout, scenario }: Layout & Pick<WorkflowSeed, "scenario">,
    files: Readonly<Record<string, string>> = {},
  ) {
    await this.#checkOut({ layout });
    return await this.#with({ layout }, files, async () => {
      await this.#folder.commit("Edit");
      for (const path of CHANGED) {
        await this.#folder.write(path, `${await this.#folder.read(path)}# changed\n`);
        await this.#folder.commit("Change");
      }
      const args = ["simulate", ...SCENARIOS[scenario], "--format=json"];
      const { code, out, err } = await hubwright(this.#folder, ...args);
      assert.ok(code < 2, err);
      if (out === "") return err;
      const { green, releases, comments } = JSON.parse(out);
      return JSON.stringify([green, releases, comments])
        .replaceAll(/[0-9a-f]{40}|[0-9a-f]{12}|\bruns\/\d+/g, "");
    });
  }

  [Symbol.asyncDispose](): PromiseLike<void> {
    return this.#folder[Symbol.asyncDispose]();
  }
}
