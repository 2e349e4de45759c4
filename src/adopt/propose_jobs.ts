import { ConfigSchema } from "../config/config_schema.ts";
import { DEFAULTS } from "../config/defaults.ts";
import { listNames } from "../text/list_names.ts";
import type { ConfigEntry, ConfigValue } from "./config_code.ts";
import { isUsable } from "./deployer_commands.ts";
import type { SeenDeployment } from "./find_workflows.ts";
import type { Part } from "./proposal.ts";

/** Where and how the jobs of the workflow run whose place hubwright's takes. */
export function proposeJobs(deployment: SeenDeployment): Part {
  const { path, runners, env, shell, submodules, idToken } = deployment;
  const open: string[] = [];
  const [runner] = runners;
  if (runners.length > 1) {
    open.push(
      `${path} runs on ${listNames(runners.map((label) => JSON.stringify(label)))}: say ` +
        'in "jobs" what runs where',
    );
  }
  const every: Record<string, ConfigValue> = {
    ...(runners.length === 1 && typeof runner === "string" && runner !== "ubuntu-latest" &&
      !runner.includes("${{") && { runsOn: runner }),
    ...(shell !== "" && shell !== "bash" && { shell: strictShell(shell) }),
    ...(Object.keys(env).length > 0 && { env }),
    ...(submodules && { checkout: { submodules: true } }),
  };
  const signIn = {
    permissions: { "id-token": { access: "write", why: "to sign in without a key" } },
  };
  const value = {
    ...(Object.keys(every).length > 0 && { every }),
    ...(idToken && { canary: signIn, prod: signIn }),
  };
  const mistake = ConfigSchema.safeParse({ jobs: value }).error?.issues[0]?.message;
  if (mistake === undefined) return { entries: asIn(path, "jobs", value), open };
  return { entries: [], open: [...open, `"jobs" cannot be as in ${path}: ${mistake}`] };
}

/** A key with the value that a workflow has for it, if it has one. */
function asIn(
  path: string,
  key: string,
  value: Readonly<Record<string, ConfigValue>>,
): readonly ConfigEntry[] {
  return Object.keys(value).length === 0 ? [] : [{ key, why: `As in ${path}.`, value }];
}

/** A login shell that ends where a command fails: theirs goes on, and a leg would look well. */
function strictShell(shell: string): string {
  return /^bash (?:-l|--login) \{0\}$/.test(shell) ? "bash -leo pipefail {0}" : shell;
}

export function proposeCommands({ path, commands }: SeenDeployment): Part {
  const open: string[] = [];
  const texts: Record<string, ConfigValue> = {};
  for (const [name, all] of Map.groupBy(commands, ({ name }) => name)) {
    const [{ text } = { text: "" }, ...others] = all;
    if (others.length > 0 || !isUsable({ name, text })) {
      const listed = listNames(all.map(({ text }) => text));
      open.push(`${path} runs ${listed}: say in "commands.${name}" which it is to be`);
    } else if (text !== DEFAULTS.commands[name]) texts[name] = text;
  }
  const hasCheck = commands.some(({ name }) => name === "healthCheck");
  const value = { ...texts, ...(!hasCheck && { healthCheck: null }) };
  return { entries: asIn(path, "commands", value), open };
}

/** The rest of what the workflow says that a config can say. */
export function proposeNames({ path, name, slack, leftOut }: SeenDeployment): Part {
  const open: string[] = [];
  const entries: ConfigEntry[] = [];
  if (name !== "" && name !== DEFAULTS.name) {
    if (ConfigSchema.safeParse({ name }).success) {
      entries.push({ key: "name", why: `As in ${path}: what follows it goes on.`, value: name });
    } else open.push(`The name of ${path} cannot be taken over: choose one in "name"`);
  }
  if (slack !== undefined) {
    entries.push({ key: "notify", why: `The secret of ${path}.`, value: { slack } });
  }
  if (leftOut.length > 0) {
    open.push(`${path} uses ${listNames(leftOut)}: what legs need of it belongs into "setup"`);
  }
  return { entries, open };
}
