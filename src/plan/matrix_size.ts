import { BOUNDS } from "./bounds.ts";
import type { Plan } from "./schema.ts";
import { byWave } from "./waves.ts";

/** Over which jobs legs are spread. */
export interface JobLayout {
  readonly layout: "four-jobs" | "pipelined";
  readonly shards: number;
}

/** The legs of some plan, each by the name of its cluster. */
export interface LegClusters extends Pick<Plan, "waves"> {
  readonly canaries: readonly string[];
  readonly prod: readonly string[];
}

/** Legs that are more than the jobs have room for which they are spread over. */
export interface TooMany {
  /** How many there are, of what, and in which wave. */
  readonly legs: string;
  /** How many there may be, and why. */
  readonly most: string;
  /** What to set in the config; nothing where no key helps. */
  readonly set: string | undefined;
}

/** Finds what a layout has no room for, of which GitHub would refuse the whole job. */
export function tooManyLegs(
  { canaries, prod, waves }: LegClusters,
  { layout, shards }: JobLayout,
): readonly TooMany[] {
  const most = `GitHub makes at most ${BOUNDS.legs} jobs of one matrix` +
    (shards === 1 ? "" : `, ${shards * BOUNDS.legs} with \`shards: ${shards}\``);
  const counted = ({ length: count }: readonly string[], what: string, wave: number): Counted => (
    { count, legs: `${count} ${what}${waves === undefined ? "" : ` in wave ${wave + 1}`}` }
  );
  const [canariesIn, prodIn] = [byWave(canaries, waves), byWave(prod, waves)];
  const phases = canariesIn.flatMap((names, wave) => [
    counted(names, "canary legs", wave),
    counted(prodIn[wave] ?? [], "prod legs", wave),
  ]);
  if (layout === "four-jobs") return over(phases, { shards, most });
  const clusters = byWave([...new Set([...canaries, ...prod])], waves)
    .map((names, wave) => counted(names, "clusters", wave));
  const phased = shardsFor(phases);
  const large = [...Map.groupBy(prod, (name) => name)]
    .filter(([, legs]) => legs.length > BOUNDS.legs)
    .map(([name, legs]) => ({
      legs: `${legs.length} prod legs of ${name}`,
      most: `GitHub makes at most ${BOUNDS.legs} jobs of one matrix, and in the layout ` +
        '"pipelined" each cluster has one',
      set: phased > BOUNDS.shards ? undefined : `\`layout: "four-jobs"\` and \`shards: ${phased}\``,
    }));
  return [...over(clusters, { shards, most }), ...large];
}

interface Counted {
  readonly count: number;
  readonly legs: string;
}

function over(
  counted: readonly Counted[],
  { shards, most }: { readonly shards: number; readonly most: string },
): readonly TooMany[] {
  // One number that is enough for all of them.
  const enough = shardsFor(counted);
  return counted.filter(({ count }) => count > shards * BOUNDS.legs).map(({ legs }) => ({
    legs,
    most,
    set: enough > BOUNDS.shards ? undefined : `\`shards: ${enough}\``,
  }));
}

function shardsFor(counted: readonly Counted[]): number {
  return Math.ceil(Math.max(0, ...counted.map(({ count }) => count)) / BOUNDS.legs);
}
