import { BOUNDS } from "./bounds.ts";
import type { Plan } from "./schema.ts";

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
export function tooManyLegs(all: LegClusters, { layout, shards }: JobLayout): readonly TooMany[] {
  const waves = wavesOf(all);
  const most = `GitHub makes at most ${BOUNDS.legs} jobs of one matrix` +
    (shards === 1 ? "" : `, ${shards * BOUNDS.legs} with \`shards: ${shards}\``);
  const phases = waves.flatMap(({ canaries, prod, of }) => [
    { count: canaries.length, legs: `${canaries.length} canary legs${of}` },
    { count: prod.length, legs: `${prod.length} prod legs${of}` },
  ]);
  if (layout === "four-jobs") return over(phases, { shards, most });
  const clusters = waves.map(({ canaries, prod, of }) => {
    const count = new Set([...canaries, ...prod]).size;
    return { count, legs: `${count} clusters${of}` };
  });
  const phased = shardsFor(phases);
  const large = [...Map.groupBy(all.prod, (name) => name)]
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

function wavesOf({ canaries, prod, waves }: LegClusters) {
  if (waves === undefined) return [{ canaries, prod, of: "" }];
  return waves.map((wave, index) => {
    const names = new Set(wave);
    const isIn = (name: string) => names.has(name);
    return {
      canaries: canaries.filter(isIn),
      prod: prod.filter(isIn),
      of: ` in wave ${index + 1}`,
    };
  });
}
