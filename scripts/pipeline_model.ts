import { legSeconds, type Seconds, waitSeconds } from "./pipeline_durations.ts";
import type { Leg } from "./pipeline_legs.ts";

/** When a leg had its runner, in seconds after the push. */
export interface Span {
  readonly leg: Leg;
  readonly start: number;
  readonly end: number;
}

/** Legs as a draw needs them: each knows by number which wait for it. */
interface Node {
  readonly leg: Leg;
  readonly wait: Seconds;
  readonly takes: Seconds;
  readonly before: readonly number[];
  readonly count: number;
}

/** Lets a run be drawn many times. */
export class PipelineModel {
  readonly #nodes: readonly Node[];

  constructor(legs: readonly Leg[]) {
    const numbers = new Map(legs.map((leg, number) => [leg, number]));
    const before = legs.map((): number[] => []);
    for (const [number, { after }] of legs.entries()) {
      for (const leg of after) before[numbers.get(leg) ?? -1]?.push(number);
    }
    this.#nodes = legs.map((leg, number) => ({
      leg,
      wait: waitSeconds(leg.job),
      takes: legSeconds(leg),
      before: before[number] ?? [],
      count: leg.after.length,
    }));
  }

  /**
   * When each leg runs in a draw. Legs take runners in the order in which they could begin, those of
   * one matrix in its order; nothing else takes any.
   */
  draw(draw: number, runners: number): readonly Span[] {
    const nodes = this.#nodes;
    const counts = Int32Array.from(nodes, ({ count }) => count);
    const since = new Float64Array(nodes.length);
    const ready: Ready[] = [];
    const release = (number: number) => {
      if (counts[number] !== 0) return;
      const { wait } = nodes[number] as Node;
      insert(ready, [(since[number] ?? 0) + wait(draw), number], byTime);
    };
    const free = Array.from({ length: runners }, () => 0);
    for (const number of nodes.keys()) release(number);
    const spans: Span[] = [];
    // What is released later is ready later than the leg that releases it.
    for (let next = ready.shift(); next !== undefined; next = ready.shift()) {
      const [time, number] = next;
      const { leg, takes, before } = nodes[number] as Node;
      const start = Math.max(time, free.shift() ?? Infinity);
      const end = start + takes(draw);
      spans.push({ leg, start, end });
      insert(free, end, bySize);
      for (const other of before) {
        counts[other] = (counts[other] ?? 0) - 1;
        since[other] = Math.max(since[other] ?? 0, end);
        release(other);
      }
    }
    return spans;
  }
}

type Ready = readonly [time: number, number: number];

const byTime = ([one]: Ready, [other]: Ready) => one - other;
const bySize = (one: number, other: number) => one - other;

/** Puts something into a sorted list, behind what is equal to it. */
function insert<Item>(
  list: Item[],
  item: Item,
  order: (one: Item, other: Item) => number,
): void {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (order(list[middle] as Item, item) <= 0) low = middle + 1;
    else high = middle;
  }
  list.splice(low, 0, item);
}
