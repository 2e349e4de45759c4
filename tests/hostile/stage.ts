import assert from "node:assert/strict";
import { hubwright, type Ran } from "../cli/fake_io.ts";
import { earth, FILES } from "../cli/repository.ts";
import { Sandbox } from "../cli/sandbox.ts";
import { commitOf, committedFiles } from "../git/temp_repository.ts";
import { FakeGitHub, TOKEN } from "../github/fake_github.ts";
import { EXAMPLE } from "../report/arbitraries.ts";
import type { Files } from "../temp_folder.ts";
import { assertInertLog, assertOutputs } from "./inert.ts";
import { assertInertMarkdown } from "./inert_markdown.ts";
import { Trap } from "./trap.ts";

/** The page of the run that `comment` follows. */
export const RUN_URL = "https://github.com/octo/infrastructure/actions/runs/456";

/** The outputs that hubwright writes. */
const OUTPUTS = [
  ...["support-and-staging-matrix-jobs", "prod-hub-matrix-jobs", "canary-clusters"],
  ...["waves", "clusters", "shards"],
];

export interface Props {
  readonly env?: Readonly<Record<string, string>>;
  /** Whether it runs in a workflow; every other one does where absent. */
  readonly inWorkflow?: boolean;
  readonly color?: boolean;
  /** Links that a comment may have beside that of the run. */
  readonly links?: readonly string[];
}

/** What a command line said and wrote; all of it is inert. */
export interface Played extends Ran {
  readonly summary: string;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly comment: string | undefined;
}

/**
 * Where command lines of hubwright meet hostile texts: a repository, GitHub, a runner. Whatever is
 * said is checked to be text, and when the stage is taken down, that no text ran as a command.
 */
export class Stage implements AsyncDisposable {
  /** GitHub, with pull request 7. */
  readonly github = new FakeGitHub();
  readonly #stack = new AsyncDisposableStack();
  #runs = 0;

  private constructor(readonly trap: Trap, readonly folder: Sandbox, readonly temp: Sandbox) {
    for (const thing of [trap, folder, temp, this.github]) this.#stack.use(thing);
    this.github.addPullRequest({ number: 7 });
  }

  /** With a repository in git; a hub of `earth` is upgraded from its first commit to the second. */
  static async inGit(): Promise<Stage & { readonly before: string; readonly after: string }> {
    const change = { [earth("prod.values.yaml")]: "changed: true\n" };
    const stage = await Stage.set(() => committedFiles(FILES, change));
    return Object.assign(stage, {
      before: await commitOf(FILES),
      after: await commitOf(FILES, change),
    });
  }

  static async set(
    files: (trap: Trap) => Files | Promise<Files> = () => FILES,
  ): Promise<Stage> {
    const trap = await Trap.set();
    const artifact = { "pr/number": "7\n", "pr/plan.json": JSON.stringify(EXAMPLE) };
    const temp = await Sandbox.create({ ...artifact, output: "", summary: "" });
    return new Stage(trap, await Sandbox.create(await files(trap)), temp);
  }

  get commentEnv(): Readonly<Record<string, string>> {
    return {
      GITHUB_API_URL: this.github.url,
      GITHUB_REPOSITORY: this.github.repository,
      GITHUB_TOKEN: TOKEN,
      PLAN_ARTIFACT: this.temp.join("pr"),
      RUN_HEAD_SHA: "a".repeat(40),
      RUN_URL,
    };
  }

  async run(args: readonly string[], props: Props = {}): Promise<Played> {
    const { env, color = false, links = [], inWorkflow = this.#runs++ % 2 === 0 } = props;
    this.github.comments.length = 0;
    const ran = await hubwright(args, {
      color,
      env: {
        GITHUB_ACTIONS: inWorkflow ? "true" : "",
        GITHUB_OUTPUT: this.temp.join("output"),
        GITHUB_STEP_SUMMARY: this.temp.join("summary"),
        ...env,
      },
    });
    assert.ok(ran.code < 3, `exit code ${ran.code}: ${ran.err.slice(0, 1_000)}`);
    const said = await this.check(ran, { color, links, inWorkflow });
    const comment = this.github.comments[0]?.body;
    if (comment !== undefined) assertInertMarkdown(comment, [RUN_URL, ...links]);
    if (args.join("=").includes("--format=markdown")) assertInertMarkdown(ran.out);
    return { ...ran, ...said, comment };
  }

  /** Checks what something said and wrote, and makes way for the next. */
  async check(
    { out, err }: Pick<Ran, "out" | "err">,
    { color = false, links = [], inWorkflow = true }: Props = {},
  ): Promise<Pick<Played, "summary" | "outputs">> {
    assertInertLog(out, { color });
    assertInertLog(err, { annotations: inWorkflow });
    const take = async (name: string) => {
      const text = await this.temp.read(name);
      if (text !== "") await this.temp.write(name, "");
      return text;
    };
    const [summary, output] = [await take("summary"), await take("output")];
    assertInertMarkdown(summary, [RUN_URL, ...links]);
    return { summary, outputs: assertOutputs(output, OUTPUTS) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.trap.assertUnsprung(this.folder.path, this.temp.path);
    await this.#stack.disposeAsync();
  }
}
