import { listNames } from "../text/list_names.ts";
import { type ConfigValue, LegSteps, LegValue, SecretName } from "./config_code.ts";
import type { CarriedStep, StepValue } from "./find_workflows.ts";
import type { Observation } from "./observe.ts";
import type { Part } from "./proposal.ts";

/** The secrets that the action of `init` is given for the providers that a fleet has. */
const SECRETS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  gcp: { "gcp-credentials": "GCP_CREDENTIALS" },
  aws: {
    "aws-access-key-id": "AWS_ACCESS_KEY_ID",
    "aws-secret-access-key": "AWS_SECRET_ACCESS_KEY",
  },
  azure: { "azure-credentials": "AZURE_CREDENTIALS" },
  kubeconfig: { kubeconfig: "KUBECONFIG" },
};

export function proposeSetup(observation: Observation, action: string): Part {
  const { action: there, providers, workflows: { deployment } } = observation;
  const carried = deployment?.steps ?? [];
  const inputs = there === undefined && carried.length === 0
    ? providers.flatMap((name) => Object.entries(SECRETS[name] ?? {}))
      .map(([input, name]) => [input, new SecretName(name)] as const)
    : [];
  const takesProvider = there === undefined || there.inputs.includes("provider");
  const missing = (there?.required ?? []).filter((name) => name !== "provider");
  const open = missing.length === 0 ? [] : [
    `${action} needs ${listNames(missing)}: hand it over in "setup"`,
  ];
  if (inputs.length === 0 && carried.length === 0 && takesProvider) return { entries: [], open };
  const values = {
    ...(takesProvider && { provider: new LegValue("provider") }),
    ...Object.fromEntries(inputs),
  };
  const steps: ConfigValue = [
    {
      name: "Set up access to the cluster",
      uses: `./${action}`,
      ...(Object.keys(values).length > 0 && { with: values }),
    },
    ...carried.map(printStep),
  ];
  const why = carried.length > 0
    ? `As in ${deployment?.path}: what gives a leg access to its cluster.`
    : inputs.length > 0
    ? "A local action cannot read secrets: they are handed over."
    : "The action takes no provider.";
  return { entries: [{ key: "setup", why, value: new LegSteps(steps) }], open };
}

function printStep({ name, uses, with: inputs }: CarriedStep): ConfigValue {
  const values = Object.entries(inputs).map(([input, value]) => [input, printValue(value)]);
  return { name, uses, ...(values.length > 0 && { with: Object.fromEntries(values) }) };
}

function printValue(value: StepValue): ConfigValue {
  if ("secret" in value) return new SecretName(value.secret);
  return "leg" in value ? new LegValue(value.leg) : value.literal;
}
