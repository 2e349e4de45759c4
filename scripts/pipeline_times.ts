import { fleetLegs, type LayoutName, LAYOUTS } from "./pipeline_layouts.ts";
import { PipelineModel, type Span } from "./pipeline_model.ts";

/** How often, and with how many runners each time. */
export interface Draws {
  readonly draws: number;
  readonly runners: readonly number[];
}

export const USUAL_DRAWS: Draws = { draws: 1_000, runners: [20, 60, 180] };

/** What the draws of one layout come to, in seconds after the push. */
export interface Times {
  readonly layout: string;
  readonly runners: number;
  /** When half of the prod hubs are done, in the median draw. */
  readonly half: number;
  /** When the last release is done, in the median draw. */
  readonly last: number;
  /** When the last release is done in 19 of 20 draws. */
  readonly late: number;
}

export function modelOf(layout: LayoutName): PipelineModel {
  return new PipelineModel(fleetLegs(LAYOUTS[layout]));
}

export function timesOf(layout: LayoutName, { draws, runners }: Draws): readonly Times[] {
  const model = modelOf(layout);
  return runners.map((count) => {
    const ends = Array.from({ length: draws }, (_, draw) => {
      const spans = model.draw(draw, count);
      const hubs = spans.filter(isProd).map(({ end }) => end);
      return { half: quantile(hubs, 0.5), last: lastOf(spans) };
    });
    const lasts = ends.map(({ last }) => last);
    return {
      ...{ layout, runners: count, half: quantile(ends.map(({ half }) => half), 0.5) },
      ...{ last: quantile(lasts, 0.5), late: quantile(lasts, 0.95) },
    };
  });
}

export function isProd({ leg: { release } }: Span): boolean {
  return release !== undefined && "hub_name" in release;
}

export function lastOf(spans: readonly Span[]): number {
  return Math.max(...spans.map(({ end }) => end));
}

/** The smallest number that so large a part of all numbers does not exceed. */
export function quantile(numbers: readonly number[], part: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.ceil(part * sorted.length) - 1] ?? NaN;
}
