/**
 * Says how long a push that upgrades a whole fleet takes in each layout, by a model of GitHub's
 * runners: see `docs/layouts.md`, which `--write` brings up to date.
 *
 *     deno task bench:pipeline [--draws N] [--runners A,B,C] [--write]
 *
 * @module
 */
import { parseArgs } from "node:util";
import { thrownText } from "../src/errors.ts";
import { drawTable } from "../src/report/draw_table.ts";
import { LAYOUT_NAMES } from "./pipeline_layouts.ts";
import { describeTimes, HEAD, PAGE, writeTimes } from "./pipeline_page.ts";
import { timesOf, USUAL_DRAWS } from "./pipeline_times.ts";
import { print } from "./print.ts";

const { write, draws } = readOptions();
if (write) {
  await Deno.writeTextFile(PAGE, writeTimes(await Deno.readTextFile(PAGE)));
  print(`wrote ${PAGE}\n`);
} else {
  const rows = LAYOUT_NAMES.flatMap((layout) => timesOf(layout, draws))
    .sort((a, b) => a.runners - b.runners).map(describeTimes);
  print(drawTable(HEAD, rows, { color: false, width: 160 }));
}

function readOptions() {
  try {
    const text = { type: "string" } as const;
    const options = { draws: text, runners: text, write: { type: "boolean" } } as const;
    const { draws, runners, write = false } = parseArgs({ args: Deno.args, options }).values;
    if (write && (draws ?? runners) !== undefined) {
      throw new RangeError('"--write" writes the usual draws, and takes no other option');
    }
    const counts = runners?.split(",").map(whole);
    return {
      write,
      draws: {
        draws: draws === undefined ? USUAL_DRAWS.draws : whole(draws),
        runners: counts ?? USUAL_DRAWS.runners,
      },
    };
  } catch (error) {
    print(`Cannot read the command line: ${thrownText(error)}\n`);
    Deno.exit(2);
  }
}

function whole(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new RangeError(`expected a whole number, found "${text}"`);
}
