/** The generated workflows' own steps, in real shells and processes, on hostile names. */
import assert from "node:assert/strict";
import { loadClusters } from "../../src/config/load_clusters.ts";
import { loadConfig } from "../../src/config/load_config.ts";
import { ROOT, Sandbox } from "../cli/sandbox.ts";
import { FakeGitHub, TOKEN } from "../github/fake_github.ts";
import {
  EXAMPLE,
  jobOf,
  type Repository,
  repositoryOf,
  stepOf,
  type WorkflowFile,
} from "../workflows/repositories.ts";
import { runStep, type ShellResult } from "../workflows/shell.ts";
import { type Contexts, pullRequest, workflowRun } from "../workflows/world.ts";
import { assertInertLog, assertOutputs } from "./inert.ts";
import { assertInertMarkdown } from "./inert_markdown.ts";
import { NAMES } from "./names.ts";
import { type HostileRepository, hostileRepository } from "./repository.ts";
import { Trap } from "./trap.ts";

const SHA = "a".repeat(40);
const RUN_URL = "https://github.com/octo/infrastructure/actions/runs/456";

/** The runner on which the steps run: its folders, and what they read. */
class Runner implements AsyncDisposable {
  readonly github = new FakeGitHub();

  private constructor(
    readonly trap: Trap,
    readonly repository: HostileRepository,
    readonly temp: Sandbox,
    readonly workflows: Repository,
  ) {
    this.github.addPullRequest({ number: 7 });
  }

  static async start(): Promise<Runner> {
    const trap = await Trap.set();
    const repository = await hostileRepository(trap, { checkedOut: true });
    const { path } = repository.folder;
    const clusters = loadClusters(path, await loadConfig(path));
    const runtime = ["deno", "run", "--frozen", "PERMISSIONS", `${ROOT}/src/cli/main.ts`];
    return new Runner(
      trap,
      repository,
      await Sandbox.create(),
      repositoryOf("hostile", { runtime }, clusters),
    );
  }

  /** Runs a step of a workflow; whatever it prints is text. */
  async run(
    workflow: WorkflowFile,
    [job, step]: readonly [job: string, step: string],
    contexts: Contexts,
  ): Promise<ShellResult> {
    await Promise.all(
      ["output", "env", "path", "summary"].map((file) => this.temp.write(file, "")),
    );
    const found = stepOf(jobOf(workflow, job), step);
    const result = await runStep(found, { runner: { temp: this.temp.path }, ...contexts }, {
      cwd: this.repository.folder.path,
      env: {
        GITHUB_ACTIONS: "true",
        GITHUB_API_URL: this.github.url,
        GITHUB_ENV: this.temp.join("env"),
        GITHUB_EVENT_NAME: "pull_request",
        GITHUB_HEAD_REF: this.trap.arm('$(touch PWNED)";touch PWNED;${{ github.token }}'),
        GITHUB_OUTPUT: this.temp.join("output"),
        GITHUB_PATH: this.temp.join("path"),
        GITHUB_REPOSITORY: this.github.repository,
        GITHUB_STEP_SUMMARY: this.temp.join("summary"),
      },
    });
    assertInertLog(result.out, { annotations: true });
    assertInertLog(result.err, { annotations: true });
    assertInertMarkdown(await this.temp.read("summary"), [RUN_URL]);
    assert.deepEqual([await this.temp.read("env"), await this.temp.read("path")], ["", ""]);
    return result;
  }

  /** Checks that nothing ran, and clears up. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.trap.assertUnsprung(this.repository.folder.path, this.temp.path);
    await this.github[Symbol.asyncDispose]();
    await this.repository[Symbol.asyncDispose]();
    await this.temp[Symbol.asyncDispose]();
    await this.trap[Symbol.asyncDispose]();
  }
}

Deno.test("the generated steps plan and comment on hostile names, and run none", async (t) => {
  await using runner = await Runner.start();
  const { github, repository, temp, trap, workflows: { deploy, comment } } = runner;
  const { before, values, elsewhere, keys, count } = repository;
  const labels = NAMES.map(({ text }) => trap.arm(text)).filter((text) => text.isWellFormed());
  const ranges = { values: [before, values], elsewhere: [values, elsewhere], all: [before, keys] };
  for (const [what, [base = "", head = ""]] of Object.entries(ranges)) {
    await t.step(`${count} names of files, ${labels.length} labels: ${what}`, async () => {
      // What GitHub checks out for a pull request: a merge whose first parent is the base.
      const { folder } = repository;
      const merge = await folder.git(
        ...[
          "commit-tree",
          `${head}^{tree}`,
          "-p",
          base,
          "-p",
          head,
          "-m",
          trap.arm("$(touch PWNED)"),
        ],
      );
      await folder.git("reset", "--quiet", "--hard", merge);
      const contexts = { github: { ...pullRequest(labels), sha: merge, token: TOKEN } };
      const planned = await runner.run(deploy, ["generate-jobs", "Plan"], contexts);
      assert.deepEqual([planned.code, planned.err], [0, ""]);
      const outputs = assertOutputs(await temp.read("output"), [
        "support-and-staging-matrix-jobs",
        "prod-hub-matrix-jobs",
      ]);
      assert.ok(Array.isArray(outputs["prod-hub-matrix-jobs"]));
      await Deno.remove(temp.join("pr"), { recursive: true }).catch(() => {});
      const together = "Put the plan and the pull request's number together";
      const moved = await runner.run(deploy, ["generate-jobs", together], contexts);
      assert.deepEqual(moved, { code: 0, out: "", err: "" });
      const event = workflowRun("pull_request", "success", { head_sha: SHA, html_url: RUN_URL });
      const commented = await runner.run(comment, ["comment", "Comment"], {
        github: { ...event, token: TOKEN },
      });
      assert.deepEqual([commented.code, commented.err], [0, ""]);
      assert.equal(github.comments.length, 1);
      assertInertMarkdown(github.comments[0]?.body ?? "", [RUN_URL]);
    });
  }
});

Deno.test("the generated steps filter hostile names, and run none", async () => {
  await using runner = await Runner.start();
  const names = NAMES.map(({ text }) => runner.trap.arm(text)).filter((text) => !/\0/.test(text));
  const prod = names.map((name) => ({ cluster_name: name, provider: "gcp", hub_name: name }));
  const { code } = await runner.run(runner.workflows.deploy, ["filter-generate-jobs", "Filter"], {
    github: pullRequest(),
    needs: {
      "generate-jobs": {
        result: "success",
        outputs: {
          "prod-hub-matrix-jobs": JSON.stringify(prod),
          "support-and-staging-matrix-jobs": "[]",
        },
      },
      "upgrade-support-and-staging": {
        result: "failure",
        outputs: Object.fromEntries(names.map((name) => [`success_${name}`, name])),
      },
    },
  });
  assert.ok(code < 2);
});

Deno.test(`the generated steps deploy hostile names as words: ${NAMES.length} tried`, async () => {
  await using trap = await Trap.set();
  await using folder = await Sandbox.create({
    "bin/deployer": "#!/bin/sh\nprintf '%s\\0' \"$@\"\n",
  });
  await Deno.chmod(folder.join("bin/deployer"), 0o755);
  const names = NAMES.map(({ text }) => trap.arm(text)).filter((text) =>
    !text.includes("\0") && text.isWellFormed()
  );
  const step = stepOf(jobOf(EXAMPLE.deploy, "upgrade-prod-hubs"), "Upgrade the hub");
  await Promise.all(names.map(async (name) => {
    const jobs = { cluster_name: name, provider: "gcp", hub_name: name };
    const { code, out } = await runStep(step, { matrix: { jobs }, github: pullRequest() }, {
      cwd: folder.path,
      env: { PATH: `${folder.join("bin")}:/usr/bin:/bin` },
    });
    assert.deepEqual([code, out], [0, `deploy\0${name}\0${name}\0`]);
  }));
  await trap.assertUnsprung(folder.path);
});
