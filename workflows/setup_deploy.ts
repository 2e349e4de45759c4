import { action, type ActionInput, type ActionModel } from "../src/workflow/action.ts";
import { pinned } from "../src/workflow/own_lock.ts";
import { type EnvVariable, Script, script } from "../src/workflow/script.ts";
import { run, uses } from "../src/workflow/step.ts";

/** Where the action is that gives a job access to a cluster. */
export const SETUP_DEPLOY = ".github/actions/setup-deploy";

/** The providers that the action knows. */
export const PROVIDERS = ["gcp", "aws", "azure", "kubeconfig"] as const;

const NO_INSTALL = `echo "Say in this step how the deployer is installed" >&2
exit 1`;

/** The action that gives a job the deployer and access to a cluster; the user's own once written. */
export function setupDeploy(install = NO_INSTALL): ActionModel {
  return action({
    file: `${SETUP_DEPLOY}/action.yaml`,
    name: "Set up deploy",
    description: "Gives a job what it needs to upgrade releases on the clusters of one provider.",
    header:
      "Written by `hubwright init`, yours to change: `deno task generate` leaves it alone.\n" +
      "A value reaches a script through env, so that it never becomes part of the script.",
    inputs: {
      "provider": { description: `The provider of the cluster: ${PROVIDERS.join(", ")}.` },
      "python-version": { description: "The version of Python.", default: "3.13" },
      "helm-version": { description: "The version of helm.", default: "v3.19.5" },
      "kubectl-version": { description: "The version of kubectl.", default: "v1.35.2" },
      "sops-version": { description: "The version of sops.", default: "3.11.0" },
      "sops-sha256": {
        description: "The SHA-256 of sops for Linux on amd64 in this version.",
        default: "775f1384d55decfad228e7196a3f683791914f92a473f78fc47700531c29dfef",
      },
      "sops-age-key": optional(
        "An age key with which sops decrypts; a cloud's own key needs none.",
      ),
      "gcp-workload-identity-provider": optional(
        "gcp: the full name of the provider that signs in without a key. The job needs the " +
          "permission id-token: write.",
      ),
      "gcp-service-account": optional("gcp: the account that the identity acts as."),
      "gcp-project": optional("gcp: the project."),
      "gcp-credentials": optional(
        "gcp: the JSON key of a service account, instead of an identity.",
      ),
      "aws-region": { description: "aws: the region that signs in.", default: "us-east-1" },
      "aws-role": optional(
        "aws: the role that is assumed without a key. The job needs the permission id-token: write.",
      ),
      "aws-access-key-id": optional("aws: a key, instead of a role."),
      "aws-secret-access-key": optional("aws: the secret of the key."),
      "azure-client-id": optional(
        "azure: the application that signs in without a key. The job needs the permission " +
          "id-token: write.",
      ),
      "azure-tenant-id": optional("azure: the tenant of the application."),
      "azure-subscription-id": optional("azure: the subscription."),
      "azure-credentials": optional(
        "azure: the JSON of a service principal, instead of an identity.",
      ),
      "kubeconfig": optional(
        "kubeconfig: the text of the file, where the deployer does not decrypt it itself.",
      ),
    },
    steps: (inputs) => {
      const { provider } = inputs;
      const is = (name: typeof PROVIDERS[number]) => provider.equals(name);
      return [
        run({
          name: "Refuse an unknown provider",
          env: { PROVIDER: provider },
          script: (env) =>
            script`case ${env.PROVIDER} in
  ${new Script(PROVIDERS.join(" | "))}) ;;
  *)
    echo "Cannot set up the provider $PROVIDER: expected ${new Script(PROVIDERS.join(", "))}" >&2
    exit 1
    ;;
esac`,
        }),
        uses({
          name: "Set up Python",
          uses: pinned("actions/setup-python"),
          with: { "python-version": inputs["python-version"] },
        }),
        run({ name: "Install the deployer", script: () => new Script(install) }),
        uses({
          name: "Set up helm",
          uses: pinned("azure/setup-helm"),
          with: { version: inputs["helm-version"] },
        }),
        uses({
          name: "Set up kubectl",
          uses: pinned("azure/setup-kubectl"),
          with: { version: inputs["kubectl-version"] },
        }),
        run({
          name: "Set up sops",
          env: { VERSION: inputs["sops-version"], SHA256: inputs["sops-sha256"] },
          script: (env) =>
            script`curl --fail --silent --show-error --location --output "$RUNNER_TEMP/sops" \\
  https://github.com/getsops/sops/releases/download/v${env.VERSION}/sops-v${env.VERSION}.linux.amd64
printf '%s  %s\\n' ${env.SHA256} "$RUNNER_TEMP/sops" | sha256sum --check --quiet
sudo install "$RUNNER_TEMP/sops" /usr/local/bin/sops`,
        }),
        run({
          name: "Give sops its age key",
          if: inputs["sops-age-key"].notEquals(""),
          env: { AGE_KEY: inputs["sops-age-key"] },
          script: (env) => writeSecret(env.AGE_KEY, ".config/sops/age", "keys.txt"),
        }),
        uses({
          name: "Sign in to Google Cloud without a key",
          if: is("gcp").and(inputs["gcp-workload-identity-provider"].notEquals("")),
          uses: pinned("google-github-actions/auth"),
          with: {
            workload_identity_provider: inputs["gcp-workload-identity-provider"],
            service_account: inputs["gcp-service-account"],
            project_id: inputs["gcp-project"],
          },
        }),
        uses({
          name: "Sign in to Google Cloud with a key",
          if: is("gcp").and(inputs["gcp-credentials"].notEquals("")),
          uses: pinned("google-github-actions/auth"),
          with: {
            credentials_json: inputs["gcp-credentials"],
            project_id: inputs["gcp-project"],
          },
        }),
        uses({
          name: "Set up gcloud",
          if: is("gcp"),
          uses: pinned("google-github-actions/setup-gcloud"),
          with: { install_components: "gke-gcloud-auth-plugin" },
        }),
        uses({
          name: "Sign in to AWS without a key",
          if: is("aws").and(inputs["aws-role"].notEquals("")),
          uses: pinned("aws-actions/configure-aws-credentials"),
          with: { "role-to-assume": inputs["aws-role"], "aws-region": inputs["aws-region"] },
        }),
        uses({
          name: "Sign in to AWS with a key",
          if: is("aws").and(inputs["aws-access-key-id"].notEquals("")),
          uses: pinned("aws-actions/configure-aws-credentials"),
          with: {
            "aws-access-key-id": inputs["aws-access-key-id"],
            "aws-secret-access-key": inputs["aws-secret-access-key"],
            "aws-region": inputs["aws-region"],
          },
        }),
        uses({
          name: "Sign in to Azure without a key",
          if: is("azure").and(inputs["azure-client-id"].notEquals("")),
          uses: pinned("azure/login"),
          with: {
            "client-id": inputs["azure-client-id"],
            "tenant-id": inputs["azure-tenant-id"],
            "subscription-id": inputs["azure-subscription-id"],
          },
        }),
        uses({
          name: "Sign in to Azure with a service principal",
          if: is("azure").and(inputs["azure-credentials"].notEquals("")),
          uses: pinned("azure/login"),
          with: { creds: inputs["azure-credentials"] },
        }),
        run({
          name: "Write the kubeconfig",
          if: is("kubeconfig").and(inputs.kubeconfig.notEquals("")),
          env: { CONFIG: inputs.kubeconfig },
          script: (env) => writeSecret(env.CONFIG, ".kube", "config"),
        }),
      ];
    },
  });
}

function optional(description: string): ActionInput {
  return { description, default: "" };
}

/** Writes a secret into a file below the home that its owner alone can read. */
function writeSecret(text: EnvVariable, folder: string, name: string): Script {
  const path = new Script(`"$HOME/${folder}"`);
  return script`umask 077
mkdir -p ${path}
printf '%s\\n' ${text} > ${path}/${name}`;
}
