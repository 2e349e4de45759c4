/**
 * Makes an infrastructure repository of any size, for measuring.
 *
 * @module
 */

/** How large a fleet is. */
export interface FleetSize {
  /** How many clusters. */
  readonly clusters: number;
  /** How many hubs on all clusters together; the first of each cluster is its staging hub. */
  readonly hubs: number;
}

/** A file of a fleet. */
export interface FleetFile {
  /** Its path, relative to the repository's root. */
  readonly path: string;
  /** Its text. */
  readonly text: string;
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
export function fleetFiles({ clusters, hubs }: FleetSize): readonly FleetFile[] {
  return Array.from({ length: clusters }, (_, index) => {
    const name = `cluster-${index}`;
    const count = Math.floor(hubs / clusters) + (index < hubs % clusters ? 1 : 0);
    return clusterFiles(`config/clusters/${name}`, name, index, count);
  }).flat();
}

function clusterFiles(
  folder: string,
  name: string,
  index: number,
  count: number,
): readonly FleetFile[] {
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
