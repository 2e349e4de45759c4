import { defineConfig, secret } from "@hubwright/hubwright";

/** Google signs the legs in without a key; its KMS decrypts what sops encrypted. */
const SIGN_IN = {
  "id-token": { access: "write", why: "to sign in to Google, whose KMS decrypts secrets" },
} as const;

/** What decides an upgrade: the deployer and the charts, without what no deployment depends on. */
const DEPLOYER = ["src/**", "pyproject.toml"];
const CHARTS = ["helm-charts/basehub/**", "helm-charts/daskhub/**"];
const EXCEPTIONS = ["!src/deployer/health_check_tests/**"];

export default defineConfig({
  rules: {
    allHubs: [...DEPLOYER, ...CHARTS, ...EXCEPTIONS],
    fileKeys: ["aws.key", "gcp.key", "kubeconfig.file", { key: "chart_override", from: "root" }],
    triggersOnly: [".github/actions/setup-deploy/**"],
  },
  jobs: {
    every: {
      runsOn: "ubuntu-slim",
      shell: "bash -leo pipefail {0}",
      env: { TERM: "xterm", USE_GKE_GCLOUD_AUTH_PLUGIN: "True" },
      checkout: { submodules: true },
    },
    canary: { permissions: SIGN_IN },
    prod: { permissions: SIGN_IN },
    task: { permissions: SIGN_IN },
  },
  setup: ({ provider }) => [
    {
      name: "Set up the deployer",
      uses: "./.github/actions/setup-deploy",
      with: { provider },
    },
    {
      name: "Sign in to Google",
      uses: "google-github-actions/auth@7c6bc770dae815cd3e89ee6cdf493a5fab2cc093",
      version: "v3.0.0",
      with: {
        project_id: secret("GCP_PROJECT_ID"),
        workload_identity_provider: secret("GCP_WORKLOAD_IDENTITY_PROVIDER"),
      },
    },
  ],
  commands: {
    healthCheck: "deployer run-hub-health-check CLUSTER HUB --attempts 3 --attempt-timeout-s=600",
  },
  notify: { slack: "SLACK_WEBHOOK_URL" },
  tasks: [
    {
      name: "Deploy dashboards",
      on: { schedule: "0 5 * * *", dispatch: true },
      each: "cluster",
      run: "deployer deploy-dashboards CLUSTER",
      access: true,
    },
    {
      name: "Check health",
      on: { push: true, pullRequest: "plan" },
      each: "hub",
      rules: [
        "terraform/{provider}/*",
        "terraform/{provider}/projects/{cluster}.tfvars",
        "eksctl/{cluster}.jsonnet",
      ],
      run: "deployer run-hub-health-check CLUSTER HUB --attempts 3 --attempt-timeout-s=600",
      access: true,
    },
  ],
});
