/**
 * The generated workflow in an executor that was not written here: act, which runs jobs on this
 * machine. `deno task lint:workflows` installs it.
 */
import assert from "node:assert/strict";
import { OWN_PINS } from "../../src/workflow/own_lock.ts";
import { copyExample, ROOT, Sandbox } from "../cli/sandbox.ts";

const ACT = `${ROOT}/.cache/linters/venv/bin/act`;
const IS_THERE = await Deno.stat(ACT).then(() => true, () => false);

/** Notes what is deployed, and fails for one staging hub. */
const HELM = `#!/bin/bash
case "$1 $2" in "test "*) exit 0 ;; esac
cluster=\${3##*[_/]}
echo "$cluster/$2" >> "$(dirname "$0")/deployed"
[ "$cluster/$2" != lake/dask-staging ]
`;

const NOTHING = "runs:\n  using: composite\n  steps:\n    - run: 'true'\n      shell: bash\n";

Deno.test("deploy-hubs.yaml runs from the plan to prod in act, and past a canary that fails", {
  ignore: !IS_THERE,
}, async () => {
  await using around = await Sandbox.create({ "helm": HELM, "nothing/action.yml": NOTHING });
  await Deno.chmod(around.join("helm"), 0o755);
  await using repo = await copyExample();
  // act is older than queue.
  const path = ".github/workflows/deploy-hubs.yaml";
  await repo.write(path, (await repo.read(path)).replace("  queue: max\n", ""));
  await repo.git("init", "--quiet", "--initial-branch=main");
  await repo.git("remote", "add", "origin", "https://github.com/octo/infrastructure");
  const before = await repo.commit("before");
  for (const cluster of ["lake", "summit"]) {
    const file = `config/clusters/${cluster}/cluster.yaml`;
    await repo.write(file, `${await repo.read(file)}# changed\n`);
  }
  const after = await repo.commit("after");
  const repository = { full_name: "octo/infrastructure", default_branch: "main" };
  const event = { ref: "refs/heads/main", before, after, repository };
  await around.write("event.json", JSON.stringify(event));
  const at = { hostname: "127.0.0.1", port: 0, onListen: () => {} };
  await using api = Deno.serve(at, () => Response.json([]));

  const { code, stdout, stderr } = await new Deno.Command(ACT, {
    args: [
      "push",
      `--workflows=${path}`,
      "--platform=ubuntu-latest=-self-hosted",
      `--eventpath=${around.join("event.json")}`,
      ...[...OWN_PINS].map(([name, { commit }]) =>
        `--local-repository=${name}@${commit}=${around.join("nothing")}`
      ),
      `--env=GITHUB_API_URL=http://127.0.0.1:${api.addr.port}`,
      `--env=DEPLOYER_HELM=${around.join("helm")}`,
      "--secret=GITHUB_TOKEN=token",
      "--no-cache-server",
      // Legs that run at once share this machine: act may mix them up where it is busy.
      "--concurrent-jobs=1",
      `--action-cache-path=${around.join("cache")}`,
      "--json",
    ],
    cwd: repo.path,
    env: { XDG_CACHE_HOME: around.join("xdg"), HOME: around.path },
  }).output();
  const log = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  const results = log.split("\n").filter((line) => line.includes('"jobResult":')).map((line) => {
    const { jobID, matrix, jobResult } = JSON.parse(line);
    const { cluster_name = "", hub_name = "" } = matrix?.jobs ?? {};
    return `${jobID} ${cluster_name} ${hub_name}: ${jobResult}`.replaceAll(/ +(?=:| )/g, "");
  });
  assert.deepEqual([code, ...results.sort()], [
    1,
    "filter-generate-jobs: failure",
    "generate-jobs: success",
    "upgrade-prod-hubs summit observatory: success",
    "upgrade-prod-hubs summit workshop: success",
    "upgrade-support-and-staging lake: failure",
    "upgrade-support-and-staging summit: success",
  ], log.slice(-5_000));
  assert.deepEqual((await around.read("deployed")).trimEnd().split("\n").sort(), [
    "lake/dask-staging",
    "lake/support",
    "summit/observatory",
    "summit/support",
    "summit/workshop",
  ]);
});
