/** Makes an infrastructure repository of any size, for measuring. */
import type { TextFile } from "../src/drift/differences.ts";

export interface FleetSize {
  readonly clusters: number;
  /** On all clusters together; the first of each cluster is its staging hub. */
  readonly hubs: number;
  /** How many of them the first cluster has, where it has not as many as the others. */
  readonly largest?: number;
}

/** Writes the files of a fleet. The same size gives the same files. */
export async function makeFleet(root: string, size: FleetSize): Promise<void> {
  const files = fleetFiles(size);
  const folders = new Set(files.map(({ path }) => path.slice(0, path.lastIndexOf("/"))));
  await Promise.all(
    [...folders].map((folder) => Deno.mkdir(`${root}/${folder}`, { recursive: true })),
  );
  await Promise.all(files.map(({ path, text }) => Deno.writeTextFile(`${root}/${path}`, text)));
}

/** The files of a fleet. The same size gives the same files. */
export function fleetFiles({ clusters, hubs, largest }: FleetSize): readonly TextFile[] {
  const first = largest ?? Math.ceil(hubs / clusters);
  const [others, left] = [clusters - 1, hubs - first];
  return Array.from({ length: clusters }, (_, index) => {
    const count = Math.floor(left / others) + (index <= left % others ? 1 : 0);
    return clusterFiles(index, index === 0 ? first : count);
  }).flat();
}

function clusterFiles(index: number, count: number): readonly TextFile[] {
  const name = `cluster-${index}`;
  const folder = `config/clusters/${name}`;
  const provider = ["gcp", "aws", "kubeconfig"][index % 3];
  const hubs = Array.from({ length: count }, (_, hub) => hub === 0 ? "staging" : `hub-${hub}`);
  const text = `name: ${name}
provider: ${provider}
support:
  helm_chart_values_files:
    - support.values.yaml
    - enc-support.secret.values.yaml
hubs:
${
    hubs.map((hub) =>
      `  - name: ${hub}
    display_name: "${name}: ${hub}"
    domain: ${hub}.${name}.example.org
    helm_chart: basehub
    helm_chart_values_files:
      - common.values.yaml
      - ${hub}.values.yaml
      - enc-${hub}.secret.values.yaml
`
    ).join("")
  }`;
  return [
    { path: `${folder}/cluster.yaml`, text },
    ...[
      ...["support", "common", ...hubs].map((values) => `${values}.values.yaml`),
      ...["support", ...hubs].map((values) => `enc-${values}.secret.values.yaml`),
    ].map((values) => ({ path: `${folder}/${values}`, text: "jupyterhub: {}\n" })),
  ];
}
