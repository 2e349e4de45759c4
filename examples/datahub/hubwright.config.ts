import { defineConfig, secret } from "@hubwright/hubwright";

/** What hubwright reads of a deployment's file. */
interface Hubploy {
  cluster: { provider: string; gcloud: { project: string; cluster: string; zone: string } };
}

/** The cluster on which the releases run that all deployments share. */
const SHARED = "campus";

export default defineConfig({
  branches: { staging: "staging", prod: "prod" },
  clusters: {
    files: "deployments/*/hubploy.yaml",
    read({ folder, data }) {
      const deployment = folder.split("/").at(-1);
      if (deployment === "template") return null;
      const { provider, gcloud } = (data as Hubploy).cluster;
      const hub = (stage: "staging" | "prod") => ({
        name: `${deployment}-${stage}`,
        staging: stage === "staging",
        files: [
          `${folder}/config/common.yaml`,
          `${folder}/config/${stage}.yaml`,
          `${folder}/secrets/${stage}.yaml`,
        ],
        upgrade: `hubploy --verbose deploy --timeout 30m ${deployment} hub ${stage}`,
      });
      return {
        name: gcloud.cluster,
        provider,
        values: { project: gcloud.project, zone: gcloud.zone },
        hubs: [hub("staging"), hub("prod")],
        ...(gcloud.cluster === SHARED && {
          support: [
            { files: ["support/**"], upgrade: "helm upgrade --install --wait support support" },
            {
              name: "node-placeholder",
              files: ["node-placeholder/**"],
              upgrade: "helm upgrade --install --wait node-placeholder node-placeholder",
            },
          ],
        }),
      };
    },
  },
  rules: { allHubs: ["hub/**", "images/**"], allSupport: [] },
  commands: { healthCheck: null },
  setup: ({ value }) => [
    { name: "Install hubploy and what it calls", run: "scripts/install.sh" },
    {
      name: "Sign in to the cluster",
      env: {
        PROJECT: value("project"),
        ZONE: value("zone"),
        SOPS_KEY: secret("SOPS_KEY"),
        GKE_KEY: secret("GKE_KEY"),
      },
      run: 'scripts/sign-in.sh "$PROJECT" "$ZONE"',
    },
  ],
  dispatch: true,
});
