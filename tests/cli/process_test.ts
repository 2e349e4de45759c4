/** hubwright as a process of its own, with the permissions that the generated workflows give it. */
import assert from "node:assert/strict";
import { commentCommand } from "../../src/contract/comment.ts";
import { filterCommand } from "../../src/contract/filter.ts";
import { generateCommand } from "../../src/contract/generate.ts";
import { planCommand } from "../../src/contract/plan.ts";
import { FakeGitHub, TOKEN } from "../github/fake_github.ts";
import { parseOutputs } from "../workflows/shell.ts";
import type { Ran } from "./fake_io.ts";
import { committedRepository, earth, smallRepository } from "./repository.ts";
import { ROOT, Sandbox } from "./sandbox.ts";

interface Process {
  readonly cwd: string;
  readonly permissions: readonly string[];
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** Starts hubwright the way a workflow does. */
async function start({ cwd, permissions, args, env = {}, input }: Process): Promise<Ran> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--frozen", ...permissions, `${ROOT}/src/cli/main.ts`, ...args],
    cwd,
    env: { GITHUB_ACTIONS: "", NO_COLOR: "1", ...env },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input ?? ""));
  await writer.close();
  const { code, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  return { code, out: decoder.decode(stdout), err: decoder.decode(stderr) };
}

const envOf = ({ variables }: { readonly variables: object }) =>
  `--allow-env=${Object.keys(variables).join(",")}`;

Deno.test("plan needs to read the repository, start git, reach the API and write three files", async () => {
  const { folder, before, after } = await committedRepository(earth("prod.values.yaml"));
  await using _ = folder;
  await using temp = await Sandbox.create({ output: "", summary: "" });
  await using github = new FakeGitHub();
  github.addPullRequest({ number: 7, mergeCommitSha: after, commits: [after], labels: ["bug"] });
  const { code, out, err } = await start({
    cwd: folder.path,
    permissions: [
      "--allow-read=.",
      `--allow-write=${["plan.json", "output", "summary"].map((name) => temp.join(name)).join()}`,
      "--allow-run=git",
      `--allow-net=${new URL(github.url).host}`,
      envOf(planCommand),
    ],
    args: ["plan", "--base", before, "--head", after, "--plan-file", temp.join("plan.json")],
    env: {
      GITHUB_API_URL: github.url,
      GITHUB_EVENT_NAME: "push",
      GITHUB_OUTPUT: temp.join("output"),
      GITHUB_REPOSITORY: github.repository,
      GITHUB_STEP_SUMMARY: temp.join("summary"),
      GITHUB_TOKEN: TOKEN,
    },
  });
  assert.deepEqual({ code, err }, { code: 0, err: "" });
  assert.match(out, /│ earth +│ gcp +│ prod +│/);
  assert.equal(github.requests.length, 1);
  assert.equal(JSON.parse(await temp.read("plan.json")).prod.length, 1);
  assert.ok("prod-hub-matrix-jobs" in parseOutputs(await temp.read("output")));
  assert.match(await temp.read("summary"), /^## Deployment plan/);
});

Deno.test("plan says which permission it lacks", async () => {
  await using folder = await smallRepository();
  const { code, out, err } = await start({
    cwd: folder.path,
    permissions: [envOf(planCommand)],
    args: ["plan", "--changed-files", earth("cluster.yaml")],
  });
  assert.deepEqual({ code, out }, { code: 1, out: "" });
  assert.match(err, /^Cannot go on: Requires read access to .*--allow-read/);
  assert.equal(err.trimEnd().split("\n").length, 1);
});

Deno.test("plan reads the standard input", async () => {
  await using folder = await smallRepository();
  const { code, out, err } = await start({
    cwd: folder.path,
    permissions: ["--allow-read=.", envOf(planCommand)],
    args: ["plan", "--changed-files-from", "-", "--format", "json"],
    input: `${earth("prod.values.yaml")}\n`,
  });
  assert.deepEqual({ code, err }, { code: 0, err: "" });
  assert.equal(JSON.parse(out).prod.length, 1);
});

Deno.test("filter needs to write two files", async () => {
  await using temp = await Sandbox.create({ output: "", summary: "" });
  const { code, err } = await start({
    cwd: temp.path,
    permissions: [
      `--allow-write=${temp.join("output")},${temp.join("summary")}`,
      envOf(filterCommand),
    ],
    args: ["filter"],
    env: {
      CANARY_OUTPUTS: "{}",
      CANARY_RESULT: "failure",
      GITHUB_ACTIONS: "true",
      GITHUB_OUTPUT: temp.join("output"),
      GITHUB_STEP_SUMMARY: temp.join("summary"),
      PROD_HUB_MATRIX_JOBS: '[{"cluster_name":"earth","provider":"gcp","hub_name":"prod"}]',
      SUPPORT_AND_STAGING_MATRIX_JOBS:
        '[{"cluster_name":"earth","provider":"gcp","upgrade_support":true,"staging_hubs":[]}]',
    },
  });
  assert.equal(code, 1);
  assert.match(err, /^::error::The prod hub prod of earth is blocked: .*\n$/);
  assert.deepEqual(parseOutputs(await temp.read("output")), { "prod-hub-matrix-jobs": "[]" });
  assert.match(await temp.read("summary"), /0 may deploy, 1 blocked/);
});

Deno.test("comment needs to read the artifact and reach the API", async () => {
  const empty = { version: 1, base: "", head: "", support_and_staging: [], notices: [] };
  const prod = [{ cluster_name: "earth", provider: "gcp", hub_name: "prod", reason: "x" }];
  await using artifact = await Sandbox.create({
    number: "7\n",
    "plan.json": JSON.stringify({ ...empty, prod }),
  });
  await using elsewhere = await Sandbox.create();
  await using github = new FakeGitHub();
  github.addPullRequest({ number: 7 });
  const ran = await start({
    cwd: elsewhere.path,
    permissions: [
      `--allow-read=${artifact.path}`,
      `--allow-net=${new URL(github.url).host}`,
      envOf(commentCommand),
    ],
    args: ["comment"],
    env: {
      GITHUB_API_URL: github.url,
      GITHUB_REPOSITORY: github.repository,
      GITHUB_TOKEN: TOKEN,
      PLAN_ARTIFACT: artifact.path,
      RUN_HEAD_SHA: "a".repeat(40),
      RUN_URL: "https://github.com/octo/infrastructure/actions/runs/456",
    },
  });
  assert.deepEqual(ran, { code: 0, out: "Pull request 7: Created the comment.\n", err: "" });
  assert.equal(github.comments.length, 1);
});

Deno.test("generate needs to read the repository and write one folder", async () => {
  await using folder = await smallRepository({ "hubwright.config.ts": "export default {};\n" });
  await Deno.mkdir(folder.join(".github"));
  const permissions = ["--allow-read=.", "--allow-write=.github", envOf(generateCommand)];
  const written = await start({ cwd: folder.path, permissions, args: ["generate"] });
  assert.deepEqual(written, {
    code: 0,
    out: "Wrote .github/workflows/comment-deployment-plan-pr.yaml\n" +
      "Wrote .github/workflows/deploy-hubs.yaml\n",
    err: "",
  });
  const checked = await start({
    cwd: folder.path,
    permissions: ["--allow-read=.", envOf(generateCommand)],
    args: ["generate", "--check"],
  });
  assert.deepEqual(checked, { code: 0, out: "2 generated files are up to date.\n", err: "" });
});

Deno.test("main() ends a process with its exit code, and needs no permission for help", async () => {
  const bare = { cwd: ROOT, permissions: [] };
  const [help, version, unknown] = await Promise.all([
    start({ ...bare, args: ["plan", "--help"] }),
    start({ ...bare, args: ["--version"] }),
    start({ ...bare, args: ["paln"] }),
  ]);
  assert.deepEqual([help.code, help.err], [0, ""]);
  assert.match(help.out, /--plan-file FILE/);
  assert.deepEqual([version.code, version.err], [0, ""]);
  assert.equal(unknown.code, 2);
  assert.match(unknown.err, /did you mean "plan"\?/);
});
