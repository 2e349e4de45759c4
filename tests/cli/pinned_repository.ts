import { printed } from "./fake_io.ts";
import { smallRepository } from "./repository.ts";
import type { Sandbox } from "./sandbox.ts";

/** The commit of each action of a test, by its first letter. */
export const [A = "", B = "", C = ""] = ["a", "b", "c"].map((digit) => digit.repeat(40));

/** The config: an action of the lock, and one that is pinned in the config itself. */
export const CONFIG = `export default {
  setup: [
    { name: "Sign in", uses: "owner/sign-in", with: { provider: "gcp" } },
    { name: "Install", uses: "owner/install@${A}", version: "v1.0.0" },
  ],
  notify: { slack: "SLACK" },
};
`;

/** The repository's lock. */
export const LOCK = `{
  "owner/sign-in": {
    "version": "v3.0.0",
    "commit": "${A}"
  }
}
`;

/** The generated workflows. */
export const WORKFLOWS = ["comment-deployment-plan-pr", "deploy-hubs"].map((name) =>
  `.github/workflows/${name}.yaml`
);

/** Writes a small infrastructure repository with pins of all kinds. */
export function pinnedRepository(more: Readonly<Record<string, string>> = {}): Promise<Sandbox> {
  return smallRepository({ "hubwright.config.ts": CONFIG, "actions.lock.json": LOCK, ...more });
}

/** Writes the same repository and generates its workflows. */
export async function generatedRepository(
  more: Readonly<Record<string, string>> = {},
): Promise<Sandbox> {
  const folder = await pinnedRepository(more);
  await printed(["generate", "--repo", folder.path]);
  return folder;
}

/** Edits the generated workflows. */
export async function editWorkflows(
  folder: Sandbox,
  edit: (text: string, path: string) => string,
): Promise<void> {
  for (const path of WORKFLOWS) await folder.write(path, edit(await folder.read(path), path));
}

/** Bumps an action as a dependency bot does: in every line that uses it. */
export function bump(text: string, name: string, ref: string): string {
  return text.split("\n").map((line) =>
    line.includes(`uses: ${name}@`) ? line.replace(/@.*$/, `@${ref}`) : line
  ).join("\n");
}
