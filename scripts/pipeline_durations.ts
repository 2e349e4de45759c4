import type { Leg } from "./pipeline_legs.ts";

/**
 * How long things take, in seconds: half of them less than the first number, and 19 of 20 less than
 * the second. Round figures, not measurements: put those of your own runs here.
 */
export const DURATIONS = {
  wait: { what: "GitHub notices that a job can start", usual: 5, long: 15 },
  runner: { what: "a runner starts", usual: 10, long: 40 },
  plan: { what: "`generate-jobs` plans", usual: 30, long: 60 },
  access: { what: "a leg gets access to its cluster", usual: 60, long: 120 },
  support: { what: "a support chart is upgraded", usual: 120, long: 300 },
  hub: { what: "a hub is upgraded", usual: 150, long: 420 },
  check: { what: "the hub's health is checked", usual: 90, long: 240 },
  filter: { what: "`filter-generate-jobs` filters", usual: 20, long: 40 },
} as const;

type Quantity = keyof typeof DURATIONS;

/** The seconds that something takes in a draw. */
export type Seconds = (draw: number) => number;

/** How long it takes until the legs of a job wait for runners. */
export function waitSeconds(job: string): Seconds {
  return known(seconds("wait", job));
}

/** Works each draw out once, for any number of runners. */
function known(seconds: Seconds): Seconds {
  const found: number[] = [];
  return (draw) => found[draw] ??= seconds(draw);
}

/** How long a leg holds its runner. It takes as long in one layout as in another. */
export function legSeconds({ job, release }: Leg): Seconds {
  const parts = [...partsOf(job, release)];
  return known((draw) => parts.reduce((sum, part) => sum + part(draw), 0));
}

function* partsOf(job: string, release: Leg["release"]): Generator<Seconds> {
  if (release === undefined) {
    yield seconds("runner", job);
    return yield seconds(job.startsWith("filter-") ? "filter" : "plan", job);
  }
  const { cluster_name: cluster } = release;
  const isProd = "hub_name" in release;
  const leg = isProd ? `${cluster}/${release.hub_name}` : cluster;
  yield seconds("runner", leg);
  yield seconds("access", leg);
  if (!isProd && release.upgrade_support) yield seconds("support", cluster);
  for (const hub of isProd ? [release.hub_name] : release.staging_hubs) {
    yield seconds("hub", `${cluster}/${hub}`);
    yield seconds("check", `${cluster}/${hub}`);
  }
}

/** How far a normal distribution's 95th percentile is from its middle, in standard deviations. */
const LONG = 1.645;

/** A log-normal duration: the same of the same thing in every draw of the same number. */
function seconds(quantity: Quantity, of: string): Seconds {
  const { usual, long } = DURATIONS[quantity];
  const sigma = Math.log(long / usual) / LONG;
  const seed = hash(`${quantity} ${of}`);
  return (draw) => usual * Math.exp(sigma * normal(seed ^ mix(draw + 1)));
}

/** A number of the standard normal distribution, by Box and Muller. */
function normal(seed: number): number {
  const first = mix(seed);
  const second = mix(first ^ 0x9e3779b9);
  const uniform = (bits: number) => (bits + 0.5) / 2 ** 32;
  return Math.sqrt(-2 * Math.log(uniform(first))) * Math.cos(2 * Math.PI * uniform(second));
}

/** FNV-1a. */
function hash(text: string): number {
  return [...new TextEncoder().encode(text)]
    .reduce((bits, byte) => Math.imul(bits ^ byte, 0x01000193), 0x811c9dc5);
}

/** The end of MurmurHash3, which makes every bit depend on every other. */
function mix(bits: number): number {
  const one = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  const two = Math.imul(one ^ (one >>> 13), 0xc2b2ae35);
  return (two ^ (two >>> 16)) >>> 0;
}
