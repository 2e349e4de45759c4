/**
 * Says how long a push that upgrades a whole fleet takes in each layout, by a model of GitHub's
 * runners: see `docs/layouts.md`, which `--write` brings up to date.
 *
 *     deno task bench:pipeline [--draws N] [--runners A,B,C] | --write
 *
 * @module
 */
import { parseArgs } from "node:util";
import { LAYOUT_NAMES } from "./pipeline_layouts.ts";
import { describeTimes, HEAD, PAGE, writeTimes } from "./pipeline_page.ts";
import { timesOf } from "./pipeline_times.ts";
import { print, printTable } from "./print.ts";
import { readOptions, whole } from "./read_options.ts";

const USAGE = `Say how long a push takes in each layout, by a model.

Usage: deno task bench:pipeline [--draws N] [--runners A,B,C] | --write

  --draws N        How many times durations are drawn
  --runners A,B,C  How many runners there are
  --write          Write what the model says into ${PAGE}
  -h, --help       Show this help
`;

const { help, write, draws, runners } = await readOptions(() => {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const options = { draws: text, runners: text, write: flag, help: { ...flag, short: "h" } };
  const { values } = parseArgs({ args: Deno.args, options });
  if (values.write && (values.draws ?? values.runners) !== undefined) {
    throw new RangeError('"--write" writes the usual draws, and takes no other option');
  }
  return {
    help: values.help,
    write: values.write,
    draws: values.draws === undefined ? undefined : whole(values.draws),
    runners: values.runners?.split(",").map(whole),
  };
});
if (help) {
  print(USAGE);
} else if (write) {
  await Deno.writeTextFile(PAGE, writeTimes(await Deno.readTextFile(PAGE)));
  print(`wrote ${PAGE}\n`);
} else {
  const rows = LAYOUT_NAMES.flatMap((layout) => timesOf(layout, draws, runners))
    .sort((a, b) => a.runners - b.runners).map(describeTimes);
  printTable(HEAD, rows);
}
