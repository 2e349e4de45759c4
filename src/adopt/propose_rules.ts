import { DEFAULTS } from "../config/defaults.ts";
import { type ConfigEntry, Section } from "./config_code.ts";
import type { Observation } from "./observe.ts";

/** Which files decide: those of the deployer, of charts and those that clusters name. */
export function proposeRules(observation: Observation): readonly ConfigEntry[] {
  const { charts, deployer, fileKeys, workflows: { deployment } } = observation;
  const entries: ConfigEntry[] = [];
  const ofDeployer = deployerPatterns(deployer?.paths ?? ["deployer/**"], deployment?.paths ?? []);
  const dir = charts?.dir ?? DEFAULTS.chartsDir;
  if (ofDeployer.join() !== "deployer/**" || dir !== DEFAULTS.chartsDir) {
    const ofCharts = charts?.folders.map((folder) => `${folder}/**`) ?? [];
    entries.push({
      key: "allHubs",
      why: "The deployer, and the charts that hubs name.",
      value: [
        ...ofDeployer.filter((path) => !path.startsWith("!")),
        ...ofCharts,
        ...ofDeployer.filter((path) => path.startsWith("!")),
      ],
    });
  }
  if (dir !== DEFAULTS.chartsDir && charts?.support) {
    entries.push({ key: "allSupport", why: "The support chart.", value: [`${dir}/support/**`] });
  }
  if (fileKeys.length > 0) {
    entries.push({
      key: "fileKeys",
      why: "Keys of which every text is the name of a file.",
      value: fileKeys.map(({ key }) => typeof key === "string" ? key : { ...key }),
    });
  }
  if (entries.length === 0) return [];
  return [{ key: "rules", why: "What decides an upgrade.", value: new Section(entries) }];
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
    const inside = wider.endsWith("/**") ? `!${wider.slice(0, -2)}` : undefined;
    return [
      wider,
      ...pushed.filter((pattern) =>
        inside !== undefined && pattern.startsWith(inside)
      ),
    ];
  });
}
