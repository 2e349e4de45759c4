/** Hostile labels: on the command line, in GitHub's answer, and in the config. */
import assert from "node:assert/strict";
import { hubwright } from "../cli/fake_io.ts";
import { committedRepository, earth, smallRepository } from "../cli/repository.ts";
import { FakeGitHub, TOKEN } from "../github/fake_github.ts";
import { assertInertLog } from "./inert.ts";
import { assertInertMarkdown } from "./inert_markdown.ts";
import { NAMES } from "./names.ts";
import { Trap } from "./trap.ts";

const EFFECTS = ["skipDeploy", "skipDeployHubs", "deploySupport", "deployHubs"] as const;

/** The labels that mean harm, and one that is longer than GitHub allows. */
function labelsOf(trap: Trap): readonly string[] {
  return [...NAMES.map(({ text }) => trap.arm(text)), "`".repeat(10_000)];
}

/** Checks that a plan was made, and that it is text. */
function assertInert(format: string, code: number, out: string, err: string): void {
  assert.deepEqual({ code, err }, { code: 0, err: "" });
  assertInertLog(out);
  if (format === "markdown") assertInertMarkdown(out);
}

Deno.test(`plan takes hostile labels of its config for text: ${NAMES.length + 1} tried`, async () => {
  await using trap = await Trap.set();
  await using folder = await smallRepository();
  for (const [index, label] of labelsOf(trap).entries()) {
    const effect = EFFECTS[index % EFFECTS.length] ?? "skipDeploy";
    for (const format of ["table", "json", "markdown"]) {
      // A module is imported once: each config is a file of its own.
      const config = folder.join(`${index}.${format}.config.ts`);
      await Deno.writeTextFile(
        config,
        `export default { labels: { ${effect}: ${JSON.stringify(label)} } };`,
      );
      const { code, out, err } = await hubwright([
        ...["plan", "--repo", folder.path, "--config", config, "--format", format],
        ...["--changed-files", earth("cluster.yaml"), "--labels", JSON.stringify([label])],
      ]);
      assertInert(format, code, out, err);
      if (format === "table") assert.match(out, / label/);
    }
  }
  await trap.assertUnsprung(folder.path);
});

Deno.test(`plan asks nothing of hostile labels that no config names: ${NAMES.length + 1} tried`, async () => {
  await using trap = await Trap.set();
  await using github = new FakeGitHub();
  const { folder, before, after } = await committedRepository(earth("prod.values.yaml"));
  await using _ = folder;
  const labels = labelsOf(trap);
  github.addPullRequest({ number: 7, mergeCommitSha: after, commits: [after], labels });
  const args = ["plan", `--repo=${folder.path}`, `--base=${before}`, "--format=json"];
  const without = await hubwright(args);
  const given = await hubwright([...args, `--labels=${JSON.stringify(labels)}`]);
  const pushed = await hubwright(args, {
    env: {
      GITHUB_API_URL: github.url,
      GITHUB_EVENT_NAME: "push",
      GITHUB_REPOSITORY: github.repository,
      GITHUB_TOKEN: TOKEN,
    },
  });
  assert.equal(github.requests.length, 1);
  assert.deepEqual([given, pushed], [without, without]);
  assertInert("json", without.code, without.out, without.err);
  await trap.assertUnsprung(folder.path);
});
