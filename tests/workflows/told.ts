import type { Config } from "../../src/config/config.ts";
import { secret } from "../../src/config/secret.ts";
import type { Leg, ProdLeg, SetupStep } from "../../src/config/step_config.ts";
import { always, failure, format } from "../../src/workflow/functions.ts";
import { github } from "../../src/workflow/github_context.ts";
import { script } from "../../src/workflow/script.ts";
import { run } from "../../src/workflow/step.ts";
import { template } from "../../src/workflow/text.ts";
import { clusterOf, type Repository, repositoryOf } from "./repositories.ts";

export const IMAGE = `ghcr.io/octo/deployer:1@sha256:${"a".repeat(64)}`;

const step = (name: string, more: object = {}): SetupStep => ({ name, run: "true", ...more });

const tag = run({
  name: "Find the tag",
  id: "tag",
  outputs: ["name"],
  script: () => script`echo name=v1 >> "$GITHUB_OUTPUT"`,
});

/** A config that says all that can be said of jobs, steps, the build and the queue. */
export const TELLING = {
  name: "Roll out",
  ledger: { since: "a".repeat(40) },
  concurrency: { queue: "single" },
  notify: { slack: { secret: "SLACK", text: template`"${github.workflow}" failed: {#1}` } },
  rules: { triggersOnly: [".github/workflows/deploy-hubs.yaml"] },
  setup: (leg) => [{
    name: "Set up access to the cluster",
    uses: "./.github/actions/setup-deploy",
    with: { key: secret((leg) => format("KEY_OF_{0}", leg.provider)), provider: leg.provider },
    timeoutMinutes: 5,
  }],
  after: (leg) => [
    step("Say how it went", { if: always(), env: { STATUS: leg.status }, continueOnError: true }),
  ],
  build: {
    steps: [
      tag,
      step("Build", { env: { TAG: tag.outputs.name }, workingDirectory: "deployer" }),
    ],
    job: {
      name: "Images",
      checkout: { fetchDepth: 0 },
      permissions: { packages: { access: "write", why: "to push the images" } },
    },
  },
  jobs: {
    every: {
      runsOn: "ubuntu-24.04",
      shell: "bash -leo pipefail {0}",
      env: { TERM: "dumb" },
      checkout: { submodules: "recursive", lfs: true },
      before: [step("Before all", { comment: "It costs nothing." })],
      after: [step("After all", { if: failure() })],
    },
    plan: { name: "Plan", container: IMAGE },
    canary: {
      name: "First",
      runsOn: ["self-hosted", "linux"],
      container: { image: IMAGE, env: { A: "b" }, volumes: ["/data:/data"], options: "--cpus 1" },
      env: { CLOUD: secret("CLOUD") },
      permissions: { "id-token": { access: "write", why: "to sign in to the cloud" } },
      environment: { name: "canary/CLUSTER", url: "https://CLUSTER.example.org" },
      timeoutMinutes: 90,
      maxParallel: 4,
      before: (
        leg: Leg,
      ) => [tag, step("Show", { env: { IN: leg.cluster_name, TAG: tag.outputs.name } })],
    },
    filter: { name: "Gate" },
    prod: {
      name: "Then",
      runsOn: { group: "fleet", labels: ["x64"] },
      environment: { name: "prod/CLUSTER/HUB", deployment: false },
      permissions: { "id-token": { access: "write", why: "to sign in to the cloud" } },
      after: (leg: ProdLeg) => [step("Tell", { env: { HUB: leg.hub_name } })],
    },
    report: { name: "Write it down", timeoutMinutes: 20 },
    comment: { env: { WHERE: "comment" } },
  },
} as const satisfies Config;

/** The repository of that config. */
export const TOLD: Repository = repositoryOf("all jobs told", TELLING, [
  clusterOf("lake", 2, 1),
  clusterOf("pond.two", 1, 2),
]);
