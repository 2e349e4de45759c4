import assert from "node:assert/strict";
import { allOf, TOOLS } from "../../src/cli/tools.ts";
import type { Command, OptionDefinition } from "../../src/contract/command.ts";
import { VERSION } from "../../src/version.ts";
import { hubwright, printed } from "./fake_io.ts";
import { ROOT } from "./sandbox.ts";

const commands: readonly Command[] = allOf(TOOLS);

Deno.test("main() prints the version that deno.json has", async () => {
  const { version } = JSON.parse(await Deno.readTextFile(`${ROOT}/deno.json`));
  assert.equal(VERSION, version);
  assert.equal(await printed(["--version"]), `${version}\n`);
});

/** Checks that a help has a line for something, with what it says of it. */
function assertLine(help: string, name: string, text: string): void {
  const lines = help.split("\n").filter((line) => line.startsWith(`  ${name}  `));
  assert.ok(lines.some((line) => line.endsWith(`  ${text}`)), `${name}: ${lines.join()}`);
}

Deno.test("main() lists every command in its help, which is a mistake where no command is given", async () => {
  const out = await printed(["--help"]);
  for (const { name, summary } of commands) assertLine(out, name, summary);
  assertLine(out, "-h, --help", "Show this help");
  assertLine(out, "--version", "Show the version");
  for (const flag of ["-h", "help"]) assert.equal((await hubwright([flag])).out, out);
  assert.deepEqual(await hubwright([]), { code: 2, out: "", err: out });
});

for (const { name, options, variables, outputs, examples } of commands) {
  Deno.test(`main() lists everything that ${name} takes in its help`, async () => {
    const out = await printed([name, "--help"]);
    assert.equal((await hubwright([name, "-h"])).out, out);
    for (const [option, definition] of Object.entries<OptionDefinition>(options)) {
      const { value = "", help } = definition;
      const usage = `${option === "help" ? "-h, " : ""}--${option} ${value}`.trimEnd();
      const alone = "positional" in definition && definition.positional === true;
      assertLine(out, alone ? value : usage, help);
    }
    for (const [name, { help }] of Object.entries({ ...variables, ...outputs })) {
      assertLine(out, name, help);
    }
    for (const [example, text] of examples) {
      assertLine(out, example, text);
      assert.match(example, new RegExp(`^hubwright ${name}( |$)`));
    }
    assert.deepEqual(out.split("\n").filter((line) => line !== line.trimEnd()), []);
  });
}

/** Command lines that are wrong, and what the line says. */
const WRONG: readonly (readonly [line: string, says: string])[] = [
  ...[["paln", "plan"], ["Plan", "plan"], ["generat", "generate"], ["comments", "comment"]]
    .map(([word = "", meant]) =>
      [
        `${word} --base main`,
        `Cannot run "${word}": hubwright has no such command; did you mean "${meant}"?`,
      ] as const
    ),
  ...["upgrade", "x", "", "--base"].map((word) =>
    [word, `Cannot run "${word}": hubwright has no such command`] as const
  ),
  ["help constructor", 'Cannot run "constructor": hubwright has no such command'],
  [
    "filter --configg x",
    'Cannot use the option "--configg": "hubwright filter" has no such option; did you mean ' +
    '"--config"?',
  ],
  [
    "plan --plan-fil=x",
    'Cannot use the option "--plan-fil": "hubwright plan" has no such option; did you mean ' +
    '"--plan-file"?',
  ],
  ["plan -x", 'Cannot use the option "-x": "hubwright plan" has no such option'],
  ["plan --", 'Cannot use the option "--": "hubwright plan" has no such option'],
  ["plan lake", 'Cannot use the argument "lake": "hubwright plan" takes options only'],
  ["explain lake more", 'Cannot use the argument "more": "hubwright explain" takes one argument'],
  ["plan --base", "Cannot read --base: expected --base REF, found nothing"],
  ["plan --base --head x", 'Cannot read --base: expected --base REF, found "--head"'],
  ["plan --base -x", 'Cannot read --base: expected --base REF, found "-x"'],
  ["plan --help=yes", 'Cannot use "--help=yes": --help takes no value'],
  ["plan --base ", 'Cannot read "--base": expected it not to be empty'],
  ["generate --repo ", 'Cannot read "--repo": expected it not to be empty'],
  [
    "plan --changed-files a --format yaml",
    'Cannot read "--format": expected "table" or "json" or "markdown", found the text "yaml"',
  ],
  ["plan", "one of --base, --before, --changed-files and --changed-files-from, found none"],
  [
    "plan --base main --changed-files a",
    "one of --base, --before, --changed-files and --changed-files-from, found --base and --changed-files",
  ],
  ["plan --changed-files a --head x", "Cannot use --head without --base"],
];

for (const [words, line] of WRONG) {
  Deno.test(`main() refuses "${words}"`, async () => {
    const { code, out, err } = await hubwright(words.split(" "));
    assert.deepEqual({ code, out }, { code: 2, out: "" });
    const [found = "", ...more] = err.split("\n");
    assert.ok(line.startsWith("Cannot") ? found.startsWith(line) : found.includes(line), found);
    assert.equal(found.includes("did you mean"), line.includes("did you mean"));
    assert.deepEqual(more, ['Run "hubwright --help" for help.', ""]);
  });
}

Deno.test("main() says all that is wrong with the options at once", async () => {
  const { code, err } = await hubwright([
    ...["plan", "--changed-files", "a", "--format", "yaml"],
    ...["--labels", "no JSON", "--plan-file", ""],
  ]);
  assert.equal(code, 2);
  const options = err.split("\n").flatMap((line) => /"(--[a-z-]+)"/.exec(line)?.[1] ?? []);
  assert.deepEqual(options, ["--format", "--labels", "--plan-file"]);
});

Deno.test("main() tells a bug apart from a mistake, and shows where it is", async () => {
  const out = () => {
    throw new RangeError("pipe");
  };
  const { code, err } = await hubwright(["--version"], {}, { out });
  assert.equal(code, 70);
  assert.match(err, /^RangeError: pipe\n {4}at /);
  assert.match(err, /\nThis is a bug in hubwright: please report it with the lines above\.\n$/);
});
