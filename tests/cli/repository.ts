import { commitOf, committedFiles } from "../git/temp_repository.ts";
import { Sandbox } from "./sandbox.ts";

/** The files of a small infrastructure repository. */
export const FILES: Readonly<Record<string, string>> = {
  "config/clusters/earth/cluster.yaml": `name: earth
provider: gcp
support:
  helm_chart_values_files:
    - support.values.yaml
hubs:
  - name: staging
    helm_chart_values_files:
      - staging.values.yaml
  - name: prod
    helm_chart_values_files:
      - prod.values.yaml
`,
  "config/clusters/azure.mars/cluster.yaml": `name: azure.mars
provider: azure
hubs:
  - name: rover
    helm_chart_values_files:
      - rover.values.yaml
`,
  "config/clusters/templates/cluster.yaml": "a template, no cluster\n",
};

/** The path of a file of the cluster `earth`. */
export function earth(file: string): string {
  return `config/clusters/earth/${file}`;
}

/**
 * Writes a small infrastructure repository: a cluster with a support chart, a staging hub and a
 * prod hub, and one with nothing but a prod hub.
 */
export function smallRepository(
  more: Readonly<Record<string, string>> = {},
): Promise<Sandbox> {
  return Sandbox.create({ ...FILES, ...more });
}

/** The small infrastructure repository in git, with a commit that changes a file. */
export async function committedRepository(changed: string): Promise<Changed> {
  const change = { [changed]: "changed: true\n" };
  const folder = await Sandbox.create(await committedFiles(FILES, change));
  return Object.assign(folder, {
    before: await commitOf(FILES),
    after: await commitOf(FILES, change),
  });
}

/** A repository, and the commits before and after a change. */
type Changed = Sandbox & { readonly before: string; readonly after: string };
