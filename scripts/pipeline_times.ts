import { fleetLegs, type LayoutName, LAYOUTS } from "./pipeline_layouts.ts";
import { PipelineModel, type Span } from "./pipeline_model.ts";

/** How often a run is drawn, and with how many runners, where nothing is said. */
export const DRAWS = 1_000;
export const RUNNERS: readonly number[] = [20, 60, 180];

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

const models = new Map<LayoutName, PipelineModel>();

export function modelOf(layout: LayoutName): PipelineModel {
  return models.getOrInsertComputed(
    layout,
    () => new PipelineModel(fleetLegs(LAYOUTS[layout])),
  );
}

export function timesOf(layout: LayoutName, draws = DRAWS, counts = RUNNERS): readonly Times[] {
  const model = modelOf(layout);
  return counts.map((runners) => {
    const spans = Array.from({ length: draws }, (_, draw) => model.draw(draw, runners));
    const halves = spans.map((one) => quantile(one.filter(isProd).map(({ end }) => end), 0.5));
    const lasts = spans.map(lastOf);
    const [half, last, late] = [quantile(halves, 0.5), quantile(lasts, 0.5), quantile(lasts, 0.95)];
    return { layout, runners, half, last, late };
  });
}

export function isProd({ leg: { release } }: Span): boolean {
  return release !== undefined && "hub_name" in release;
}

export function lastOf(spans: readonly Span[]): number {
  return Math.max(...spans.map(({ end }) => end));
}

/** The smallest number that so large a part of all numbers does not exceed. */
function quantile(numbers: readonly number[], part: number): number {
  const sorted = Float64Array.from(numbers).sort();
  return sorted[Math.ceil(part * sorted.length) - 1] ?? NaN;
}
