import { DEFAULTS } from "../config/defaults.ts";
import { type ConfigEntry, Section } from "./config_code.ts";
import type { Observation } from "./observe.ts";

/** Which files decide: those of the deployer, of charts and those that clusters name. */
export function proposeRules(observation: Observation): readonly ConfigEntry[] {
  const { charts, deployer, fileKeys, workflows: { deployment } } = observation;
  const ofDeployer = deployerPatterns(deployer?.paths ?? [], deployment?.paths ?? []);
  const ofCharts = charts?.folders.map((folder) => `${folder}/**`) ?? [];
  const allHubs = [
    ...ofDeployer.filter((path) => !path.startsWith("!")),
    ...ofCharts,
    ...ofDeployer.filter((path) => path.startsWith("!")),
  ];
  const allSupport = charts?.support ? [`${charts.dir}/support/**`] : [];
  const entries = [
    !isSame(allHubs, DEFAULTS.rules.allHubs) && {
      key: "allHubs",
      why: charts === undefined
        ? "What reaches all hubs: no chart of theirs was found, so say here where it is."
        : "The deployer, and the charts that hubs name.",
      value: allHubs,
    },
    !isSame(allSupport, DEFAULTS.rules.allSupport) && {
      key: "allSupport",
      why: charts?.support
        ? "The support chart."
        : "What reaches all support charts: none was found in the repository.",
      value: allSupport,
    },
    fileKeys.length > 0 && {
      key: "fileKeys",
      why: "Keys of which every text is the name of a file.",
      value: fileKeys.map(({ key }) => typeof key === "string" ? key : { ...key }),
    },
  ].filter((entry) => entry !== false);
  if (entries.length === 0) return [];
  return [{ key: "rules", why: "What decides an upgrade.", value: new Section(entries) }];
}

function isSame(patterns: readonly string[], others: readonly string[]): boolean {
  return patterns.toSorted().join() === others.toSorted().join();
}

/** The deployer's paths as its workflow has them: a wider one, and exceptions inside of it. */
function deployerPatterns(
  paths: readonly string[],
  pushed: readonly string[],
): readonly string[] {
  return paths.flatMap((path) => {
    const wider = pushed.find((pattern) =>
      /^[^!*]+\/\*\*$/.test(pattern) && path.startsWith(pattern.slice(0, -2))
    ) ?? path;
    const except = wider.endsWith("/**") ? `!${wider.slice(0, -2)}` : undefined;
    return [
      wider,
      ...pushed.filter((pattern) =>
        except && pattern.startsWith(except)
      ),
    ];
  });
}
