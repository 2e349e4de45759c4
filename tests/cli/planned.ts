import { Plan } from "../../src/plan/schema.ts";
import { type Around, printed } from "./fake_io.ts";

/** The plan that a command line makes. */
export async function planOf(
  repo: string,
  args: readonly string[],
  around?: Around,
): Promise<Plan> {
  const out = await printed(["plan", "--repo", repo, "--format", "json", ...args], around);
  return Plan.parse(JSON.parse(out));
}

/** What a plan upgrades, by the keys of releases. */
export function releasesOf({ support_and_staging, prod }: Plan): string[] {
  return [
    ...support_and_staging.flatMap(({ cluster_name, upgrade_support, staging_hubs }) => [
      ...(upgrade_support ? [`${cluster_name}/support chart`] : []),
      ...staging_hubs.map((hub) => `${cluster_name}/${hub}`),
    ]),
    ...prod.map(({ cluster_name, hub_name }) => `${cluster_name}/${hub_name}`),
  ];
}
