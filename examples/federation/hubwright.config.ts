import { defineConfig, secret } from "@hubwright/hubwright";

/** Files in `config` that are about no member. */
const NO_MEMBERS = ["cert-manager", "localhost"];

const SIGN_IN = {
  "id-token": { access: "write", why: "to sign in to the clouds of the members" },
} as const;

const TOOLS = [{ name: "Install what deploys", run: "scripts/install.sh" }];

export default defineConfig({
  name: "Deploy the federation",
  branches: { main: "all", "try/**": "staging" },
  gate: "fleet",
  clusters: {
    files: "config/*.yaml",
    read({ path }) {
      const member = path.replace(/^config\/(.*)\.yaml$/, "$1");
      if (NO_MEMBERS.includes(member)) return null;
      return {
        name: member,
        provider: member === "prod" || member === "staging" ? "gcp" : "kubeconfig",
        hubs: [{
          name: member,
          files: [`secrets/config/${member}.yaml`, "secrets/config/common/**"],
        }],
      };
    },
  },
  rules: { allHubs: ["binder/**", "images/**", "deploy.py"], allSupport: [] },
  build: {
    steps: [
      ...TOOLS,
      {
        name: "Build and push the images",
        env: { USERNAME: secret("DOCKER_USERNAME"), PASSWORD: secret("DOCKER_PASSWORD") },
        run: "scripts/build-images.sh",
      },
    ],
    job: { timeoutMinutes: 60, checkout: { fetchDepth: 0 } },
  },
  jobs: {
    every: { runsOn: "ubuntu-24.04" },
    canary: {
      permissions: SIGN_IN,
      checkout: { fetchDepth: 0 },
      environment: { name: "CLUSTER", url: "https://CLUSTER.example.org" },
      after: [{
        name: "Mark the start of the deployment on the dashboards",
        env: { GRAFANA_KEY: secret("GRAFANA_KEY") },
        run: "scripts/annotate.sh",
        continueOnError: true,
      }],
    },
    prod: {
      permissions: SIGN_IN,
      checkout: { fetchDepth: 0 },
      environment: { name: "CLUSTER", url: "https://CLUSTER.example.org" },
    },
  },
  setup: () => [
    ...TOOLS,
    {
      name: "Unlock the secrets",
      env: { GIT_CRYPT_KEY: secret("GIT_CRYPT_KEY") },
      run: "scripts/unlock.sh",
    },
    { name: "Name the images that were built", run: "scripts/name-images.sh" },
  ],
  commands: {
    upgradeHub: "python deploy.py CLUSTER --name HUB",
    healthCheck: "scripts/check.sh CLUSTER HUB",
  },
  dispatch: true,
});
