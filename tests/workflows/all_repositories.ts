import { secret as secretOfLeg } from "../../src/config/secret.ts";
import { format } from "../../src/workflow/functions.ts";
import { secret } from "../../src/workflow/github_context.ts";
import { template } from "../../src/workflow/text.ts";
import { EXAMPLE } from "./example.ts";
import { clusterOf, type Repository, repositoryOf } from "./repositories.ts";

/** A repository whose config changes whatever shows in a workflow. */
export const CUSTOM: Repository = repositoryOf("everything configured", {
  defaultBranch: "release/2026",
  clustersDir: "sites",
  rules: { allHubs: ["charts/**", "!**/*.md"], allSupport: ["support/**"] },
  labels: { skipDeploy: "skip it" },
  runtime: ["env", "A B='c d'", "deno", "run", "--frozen", "PERMISSIONS", "it's $HOME/`main`.ts"],
  setup: (leg) => [
    { name: "Check out the charts", uses: "./.github/actions/charts" },
    {
      name: "Sign in",
      uses: "google-github-actions/auth@7c6bc770dae815cd3e89ee6cdf493a5fab2cc093",
      version: "v3.0.0",
      if: leg.provider.equals("gcp"),
      with: {
        credentials_json: secret("GCP_KEY"),
        audience: template`hubs/${leg.cluster_name}`,
      },
    },
    {
      name: "Install",
      env: { CLUSTER: leg.cluster_name },
      run: 'pip install deployer\necho "for $CLUSTER"',
    },
  ],
  commands: {
    upgradeSupport: "support CLUSTER",
    upgradeHub: "upgrade --cluster CLUSTER --hub HUB",
    healthCheck: "check HUB CLUSTER",
  },
  notify: { slack: "SLACK_WEBHOOK_URL" },
}, [clusterOf("azure.earth", 3, 2, "sites"), clusterOf("azure.mars_2", 1, 1, "sites")]);

/** A repository with all that a ledger brings. */
export const LEDGER: Repository = repositoryOf("ledger, on a schedule, with Slack", {
  ledger: { since: "a".repeat(40), environment: "fleet", reconcile: "17 4 * * *" },
  paused: { lake: "moving" },
  notify: { slack: "SLACK_WEBHOOK_URL" },
}, [clusterOf("lake", 2, 1), clusterOf("pond", 1, 2)]);

/** Repositories of all kinds. */
export const REPOSITORIES: readonly Repository[] = [
  EXAMPLE,
  CUSTOM,
  LEDGER,
  repositoryOf("by hand", { dispatch: true }, [clusterOf("earth", 1)]),
  repositoryOf("no cluster", {}, []),
  repositoryOf("one cluster without staging hub", {}, [clusterOf("earth", 0)]),
];

/** Repositories whose jobs are laid out in other ways. */
export const LAYOUTS: readonly Repository[] = [
  repositoryOf("waves and shards", {
    waves: [["lake"], ["*"]],
    shards: 2,
    ledger: { since: "a".repeat(40) },
    jobs: { prod: { maxParallel: 10 } },
    build: { steps: [{ name: "Build", run: "make" }] },
  }, [clusterOf("lake", 2), clusterOf("pond", 1, 2)]),
  ...[{}, { waves: [["lake"], ["*"]], shards: 2 }].map((more) =>
    repositoryOf("pipelined", {
      layout: "pipelined",
      ledger: { since: "a".repeat(40) },
      notify: { slack: "SLACK" },
      build: { steps: [{ name: "Build", run: "make" }] },
      jobs: { canary: { maxParallel: 10 } },
      setup: [{
        name: "Sign in",
        run: "true",
        env: { KEY: secretOfLeg((leg) => format("KEY_{0}", leg.cluster_name)) },
      }],
      ...more,
    }, [clusterOf("lake", 2), clusterOf("pond", 1, 2)])
  ),
];
