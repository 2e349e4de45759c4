/** Random changes of random repositories, and the configs under which they are planned. */
import fc from "fast-check";
import type { Config } from "../../src/config/config.ts";
import { afterEdits, type Edit, edit } from "./edits.ts";
import { type Files, filesOf, style, world } from "./world.ts";

/** Configs that differ in what `precision: "hub"` looks at. */
export const CONFIGS: readonly Config[] = [
  { precision: "hub" },
  {
    precision: "hub",
    rules: {
      fileKeys: ["override_file", "gcp.key"],
      inertKeys: ["metadata", "auth"],
      inertHubKeys: ["display_name", "replicas"],
    },
  },
  {
    precision: "hub",
    rules: {
      fileKeys: ["override_file"],
      inertChartFiles: ["templates/**"],
      charts: {
        daskhub: ["images/dask/**"],
        basehub: ["images/**"],
        support: ["dashboards/**"],
        elsewhere: ["README.md"],
      },
    },
  },
  {
    precision: "hub",
    rules: {
      allHubs: ["deployer/**", "helm-charts/**", "!**/*.md"],
      allSupport: ["helm-charts/support/**", "!deployer/deploy.py"],
    },
  },
];

export interface RandomChange {
  readonly config: Config;
  readonly edits: readonly Edit[];
  readonly before: Files;
  readonly after: Files;
}

/** Any change; some of them change how `cluster.yaml` files are written and nothing else. */
export const change: fc.Arbitrary<RandomChange> = fc.record({
  config: fc.constantFrom(...CONFIGS),
  edits: fc.array(edit, { maxLength: 4 }),
  world,
  styles: fc.tuple(style, style, fc.boolean()),
  unreadable: fc.boolean().chain((some) => some ? fc.nat(9) : fc.constant(9)),
}).map(({ config, edits, world, styles: [first, second, same], unreadable }) => {
  const before = new Map(filesOf(world, first));
  const [broken] = [...before.keys()].filter((path) => path.endsWith("/cluster.yaml"));
  if (unreadable === 0 && broken !== undefined && !broken.includes("templates")) {
    before.set(broken, { text: "name: [", executable: false });
  }
  const after = filesOf(afterEdits(world, edits), same ? first : second);
  return {
    config,
    edits,
    before,
    after,
    [fc.toStringMethod]: () => show({ config, edits, before, after }),
  };
});

/** A change in a few lines: what differs, and the `cluster.yaml` files as they are after it. */
function show({ config, edits, before, after }: RandomChange): string {
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  const differing = paths.filter((path) => before.get(path)?.text !== after.get(path)?.text);
  const clusters = paths.filter((path) => path.endsWith("/cluster.yaml"));
  return Deno.inspect({
    config,
    edits,
    differing,
    before: clusters.map((path) => before.get(path)?.text),
    after: clusters.map((path) => after.get(path)?.text),
  }, { depth: 6, strAbbreviateSize: 2_000 });
}
