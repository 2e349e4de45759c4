/**
 * Shows the main job on a copy of `examples/infrastructure`: generate the workflows, change
 * something, plan it, write the comment, filter after one cluster's canary failed, and simulate.
 *
 * @module
 */
import { type Io } from "../src/io/io.ts";
import { processIo } from "../src/cli/process_io.ts";
import { main } from "../src/cli/main.ts";
import { verdictOutput } from "../src/filter/verdict.ts";
import { Plan } from "../src/plan/schema.ts";
import { matrixJobs } from "../src/plan/matrix.ts";
import { copyExample } from "../tests/cli/sandbox.ts";

const CHANGED = [
  "config/clusters/common.values.yaml",
  "config/clusters/fjord/kelp.values.yaml",
  "config/clusters/summit/cluster.yaml",
];
const FAILED = "lake";

const io = processIo();
const repository = await copyExample();
await repository.git("init", "--quiet", "--initial-branch=main");
const repo = ["--repo", repository.path];

title("An infrastructure repository");
await Deno.remove(`${repository.path}/.github/workflows`, { recursive: true });
say(`A copy of examples/infrastructure is in ${repository.path}.`);

title("1. Generate the workflows");
await hubwright(["generate", ...repo]);
await repository.commit("Add an infrastructure repository");

title("2. Change something");
for (const path of CHANGED) {
  await repository.write(path, `${await repository.read(path)}# A change.\n`);
  say(`changed ${path}`);
}
await repository.commit("Change some values");

title("3. What does merging it upgrade, and why?");
const planFile = `${repository.path}/.git/plan.json`;
await hubwright(["plan", ...repo, "--base", "HEAD^", "--plan-file", planFile]);

title("4. The comment on the pull request");
await hubwright(["plan", ...repo, "--base", "HEAD^", "--format", "markdown"]);

title(`5. After the push: the canary of ${FAILED} failed. Which prod hubs may deploy?`);
const { canaries, prod } = matrixJobs(Plan.parse(JSON.parse(await Deno.readTextFile(planFile))));
const verdicts = canaries.map(({ cluster_name }) => [
  verdictOutput(cluster_name),
  cluster_name === FAILED ? "failure@1" : "success@1",
]);
const variables: Readonly<Record<string, string>> = {
  PROD_HUB_MATRIX_JOBS: JSON.stringify(prod),
  CANARY_CLUSTERS: JSON.stringify(canaries.map(({ cluster_name }) => cluster_name)),
  CANARY_RESULT: "failure",
  CANARY_OUTPUTS: JSON.stringify(Object.fromEntries(verdicts)),
  GITHUB_RUN_ID: "1",
  GITHUB_RUN_ATTEMPT: "1",
};
await hubwright(["filter"], { ...io, env: (name) => variables[name] });

title("6. The same push, simulated: the workflows run here, and that canary fails");
await hubwright(["simulate", ...repo, "--base", "HEAD^", "--fail", `staging:${FAILED}/staging`]);

title("Try next");
say(`cd ${repository.path}`);
say("deno task hubwright plan --changed-files helm-charts/support/values.yaml");
say("deno task hubwright simulate --base HEAD^ --fail support:summit=lost");
say("less .github/workflows/deploy-hubs.yaml");
say("edit a line of it, then: deno task check");
say(`(without Deno installed, "npx -y deno@2.9.6 task" instead of "deno task")`);

async function hubwright(args: readonly string[], outside: Io = io): Promise<void> {
  say(`$ hubwright ${args.filter((arg) => !repo.includes(arg)).join(" ")}`);
  await main(args, { ...outside, err: outside.out });
}

function title(text: string): void {
  io.out(`\n${io.color ? `\x1b[1;36m${text}\x1b[22;39m` : text}\n`);
}

function say(text: string): void {
  io.out(`${text}\n`);
}
