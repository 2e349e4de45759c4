/** Hostile environment variables: what the runner and the workflow's steps hand to hubwright. */
import assert from "node:assert/strict";
import { hubwright } from "../cli/fake_io.ts";
import { committedRepository, earth } from "../cli/repository.ts";
import { Sandbox } from "../cli/sandbox.ts";
import { FakeGitHub, TOKEN } from "../github/fake_github.ts";
import { EXAMPLE } from "../report/arbitraries.ts";
import { assertInertLog } from "./inert.ts";
import { assertInertMarkdown } from "./inert_markdown.ts";
import { NAMES } from "./names.ts";
import { Trap } from "./trap.ts";

const RUN_URL = "https://github.com/octo/infrastructure/actions/runs/456";

/** The variables of `plan` and of `comment` that a name can stand in. */
const VARIABLES = {
  plan: [
    "GITHUB_TOKEN",
    "GITHUB_EVENT_NAME",
    "GITHUB_REPOSITORY",
    "GITHUB_API_URL",
    "GITHUB_OUTPUT",
  ],
  comment: ["PLAN_ARTIFACT", "RUN_HEAD_SHA", "RUN_URL", "GITHUB_TOKEN", "GITHUB_REPOSITORY"],
} as const;

/** The names that an environment can hold and that lead to no other machine. */
const NAMES_OF_VARIABLES = NAMES.map(({ text }) => text).filter((text) =>
  !text.includes("\0") && text.isWellFormed() && !/^https?:\/\/evil/i.test(text)
);

/** Where a name costs a call of git or of GitHub's API, one in eight is tried. */
const fewer = NAMES_OF_VARIABLES.filter((_, index) => index % 8 === 0);

for (const variable of VARIABLES.plan) {
  const names = fewer;
  Deno.test(`plan takes a hostile ${variable} for text: ${names.length} tried`, async () => {
    await using trap = await Trap.set();
    await using github = new FakeGitHub();
    const { folder, before, after } = await committedRepository(earth("prod.values.yaml"));
    await using _ = folder;
    github.addPullRequest({ number: 7, mergeCommitSha: after, commits: [after] });
    const fine = {
      GITHUB_ACTIONS: "true",
      GITHUB_API_URL: github.url,
      GITHUB_EVENT_NAME: "push",
      GITHUB_REPOSITORY: github.repository,
      GITHUB_TOKEN: TOKEN,
    };
    const args = ["plan", `--repo=${folder.path}`, `--base=${before}`, `--head=${after}`];
    for (const name of names) {
      const text = trap.armHere(name);
      const value = variable === "GITHUB_OUTPUT" ? folder.join(`missing/${text}`) : text;
      const { code, out, err } = await hubwright(args, { env: { ...fine, [variable]: value } });
      assert.ok(code < 2, err);
      assertInertLog(out);
      assertInertLog(err, { annotations: true });
    }
    await trap.assertUnsprung(folder.path);
  });
}

for (const variable of VARIABLES.comment) {
  const names = variable === "GITHUB_TOKEN" ? fewer : NAMES_OF_VARIABLES;
  Deno.test(`comment takes a hostile ${variable} for text: ${names.length} tried`, async () => {
    await using trap = await Trap.set();
    await using github = new FakeGitHub();
    await using artifact = await Sandbox.create({
      number: "7\n",
      "plan.json": JSON.stringify(EXAMPLE),
    });
    github.addPullRequest({ number: 7 });
    const fine = {
      GITHUB_ACTIONS: "true",
      GITHUB_API_URL: github.url,
      GITHUB_REPOSITORY: github.repository,
      GITHUB_TOKEN: TOKEN,
      PLAN_ARTIFACT: artifact.path,
      RUN_HEAD_SHA: "a".repeat(40),
      RUN_URL,
    };
    const links = [RUN_URL];
    for (const name of names) {
      const value = trap.armHere(name);
      if (variable === "RUN_URL") links.push(value);
      const { code, out, err } = await hubwright(["comment"], {
        env: { ...fine, [variable]: value },
      });
      assert.ok(code < 2, err);
      assertInertLog(out);
      assertInertLog(err, { annotations: true });
      for (const { body } of github.comments) assertInertMarkdown(body, links);
    }
    await trap.assertUnsprung(artifact.path);
  });
}
