import { Sandbox } from "../cli/sandbox.ts";
import { committedFiles } from "../git/temp_repository.ts";

/** A workflow that upgrades hubs by hand, as fleets have them before they adopt hubwright. */
export const DEPLOY = `name: Deploy everything
on:
  push:
    branches: [main]
    paths:
      - src/**
      - "!src/deployer/dev/**"
      - config/clusters/**
env:
  TERM: xterm
  TOKEN: \${{ secrets.TOKEN }}
defaults:
  run:
    shell: bash -l {0}
jobs:
  support:
    runs-on: ubuntu-latest
    permissions:
      id-token: write
    steps:
      - uses: actions/checkout@v6
        with:
          submodules: true
      - uses: ./.github/actions/setup-deploy
      - uses: google-github-actions/auth@v3
        with:
          project_id: \${{ secrets.PROJECT }}
          workload_identity_provider: \${{ secrets.IDENTITY }}
      - uses: someone/else@v1
        with:
          what: \${{ github.sha }}
      - run: deployer deploy-support \${{ matrix.jobs.cluster_name }}
  hubs:
    runs-on: ubuntu-latest
    steps:
      - run: |
          deployer deploy "\${{ matrix.jobs.cluster_name }}" "\${{ matrix.jobs.hub_name }}"
          deployer run-hub-health-check \\
            \${{ matrix.jobs.cluster_name }} \${{ matrix.jobs.hub_name }} --attempts 3
      - uses: someone/notify-slack@v2
        env:
          HOOK: \${{ secrets.SLACK_HOOK }}
`;

const COMMENT = `name: Comment
on:
  workflow_run:
    workflows: [Deploy everything]
    types: [completed]
jobs:
  comment:
    runs-on: ubuntu-latest
    permissions:
      pull-requests: write
    steps:
      - run: echo
`;

/** A fleet whose workflows are its own: two clusters, a deployer, files that clusters name. */
export const FLEET: Readonly<Record<string, string>> = {
  "config/clusters/lake/cluster.yaml": `name: lake
provider: gcp
gcp:
  key: enc-key.json
  project: a-project
support:
  helm_chart_values_files: [support.yaml]
hubs:
  - name: staging
    helm_chart: basehub
    helm_chart_values_files: [staging.yaml]
  - name: plankton
    helm_chart: basehub
    domain: plankton.example.org
    helm_chart_values_files: [plankton.yaml]
    override: helm-charts/override.yaml
`,
  "config/clusters/lake/enc-key.json": "{}\n",
  "config/clusters/lake/support.yaml": "a: 1\n",
  "config/clusters/lake/staging.yaml": "a: 1\n",
  "config/clusters/lake/plankton.yaml": "a: 1\n",
  "config/clusters/meadow/cluster.yaml": `name: meadow
provider: aws
hubs:
  - name: staging
    helm_chart: basehub
    helm_chart_values_files: [staging.yaml]
`,
  "config/clusters/meadow/staging.yaml": "a: 1\n",
  "config/clusters/templates/hub.yaml": "a: 1\n",
  "helm-charts/basehub/Chart.yaml": "apiVersion: v2\nname: basehub\nversion: 0.1.0\n",
  "helm-charts/support/Chart.yaml": "apiVersion: v2\nname: support\nversion: 0.1.0\n",
  "helm-charts/override.yaml": "a: 1\n",
  "src/deployer/__main__.py": "print()\n",
  "src/deployer/dev/x.py": "print()\n",
  "pyproject.toml": '[project.scripts]\ndeployer = "deployer.__main__:main"\n',
  ".github/actions/setup-deploy/action.yaml":
    "name: x\ndescription: x\ninputs:\n  provider:\n    description: x\nruns:\n  using: composite\n  steps: []\n",
};

/** The fleet's own workflows. */
export const WORKFLOWS: Readonly<Record<string, string>> = {
  ".github/workflows/deploy-hubs.yaml": DEPLOY,
  ".github/workflows/comment.yaml": COMMENT,
  ".github/workflows/docs.yaml":
    "name: Docs\non: push\njobs:\n  docs:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n",
};

/** A git repository with these files in its only commit. */
export async function committed(files: Readonly<Record<string, string>>): Promise<Sandbox> {
  return await Sandbox.create(await committedFiles(files));
}
