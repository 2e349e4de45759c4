import assert from "node:assert/strict";
import { main } from "../../src/cli/main.ts";
import { EXIT } from "../../src/cli/run.ts";
import type { Command } from "../../src/contract/command.ts";
import type { OptionDefinition } from "../../src/contract/command.ts";
import { TOOLS } from "../../src/cli/tools.ts";
import { VERSION } from "../../src/version.ts";
import { hubwright } from "./fake_io.ts";
import { ROOT } from "./sandbox.ts";

const HINT = 'Run "hubwright --help" for help.\n';
const commands: readonly Command[] = Object.values(TOOLS);

Deno.test("main() prints the version that deno.json has", async () => {
  const { version } = JSON.parse(await Deno.readTextFile(`${ROOT}/deno.json`));
  assert.equal(VERSION, version);
  assert.deepEqual(await hubwright(["--version"]), { code: 0, out: `${version}\n`, err: "" });
});

Deno.test("main() lists every command in its help", async () => {
  for (const flag of ["--help", "-h", "help"]) {
    const { code, out, err } = await hubwright([flag]);
    assert.deepEqual({ code, err }, { code: 0, err: "" });
    for (const { name, summary } of commands) {
      assert.match(out, new RegExp(`^ {2}${name} +${summary.replace(/[()]/g, "\\$&")}$`, "m"));
    }
    assert.match(out, /^ {2}-h, --help /m);
    assert.match(out, /^ {2}--version /m);
  }
});

Deno.test("main() prints its help as a mistake where there is no command", async () => {
  const { out: help } = await hubwright(["--help"]);
  assert.deepEqual(await hubwright([]), { code: 2, out: "", err: help });
});

function isPositional(option: OptionDefinition): boolean {
  return option.value !== undefined && option.positional === true;
}

for (const { name, options, variables, outputs, examples } of commands) {
  Deno.test(`main() lists everything that ${name} takes in its help`, async () => {
    const { code, out, err } = await hubwright([name, "--help"]);
    assert.deepEqual({ code, err }, { code: 0, err: "" });
    assert.equal((await hubwright([name, "-h"])).out, out);
    for (const [option, definition] of Object.entries<OptionDefinition>(options)) {
      const { value, help } = definition;
      const flag = isPositional(definition)
        ? value
        : value === undefined
        ? `--${option}`
        : `--${option} ${value}`;
      const line = out.split("\n").find((line) =>
        line.startsWith(`  ${flag}  `) || line.startsWith(`  -h, ${flag}  `)
      );
      assert.ok(line?.endsWith(`  ${help}`), option);
    }
    for (const named of [...Object.keys(variables), ...Object.keys(outputs)]) {
      assert.match(out, new RegExp(`^ {2}${named}  `, "m"));
    }
    for (const [command] of examples) assert.ok(out.includes(`  ${command}`), command);
    assert.equal(out.split("\n").some((line) => line !== line.trimEnd()), false);
  });

  Deno.test(`main() refuses an option that ${name} does not have`, async () => {
    const { code, out, err } = await hubwright([name, "--configg", "x"]);
    assert.deepEqual({ code, out }, { code: 2, out: "" });
    assert.equal(
      err,
      `Cannot use the option "--configg": "hubwright ${name}" has no such option; did you mean ` +
        `"--config"?\n${HINT}`,
    );
  });

  Deno.test(`main() refuses a word too many behind ${name}`, async () => {
    const alone = Object.values<OptionDefinition>(options).some(isPositional);
    const args = alone ? ["lake", "everything"] : ["everything"];
    const { code, out, err } = await hubwright([name, ...args]);
    assert.deepEqual({ code, out }, { code: 2, out: "" });
    const takes = alone ? "one argument" : "options only";
    assert.equal(
      err,
      `Cannot use the argument "everything": "hubwright ${name}" takes ${takes}\n${HINT}`,
    );
  });

  Deno.test(`main() finds its way around examples of ${name}`, () => {
    for (const [command] of examples) {
      assert.match(command, new RegExp(`^hubwright ${name}( |$)`));
    }
  });
}

for (
  const [word, suggestion] of [
    ["paln", "plan"],
    ["Plan", "plan"],
    ["generat", "generate"],
    ["fliter", "filter"],
    ["comments", "comment"],
  ] as const
) {
  Deno.test(`main() suggests ${suggestion} for ${word}`, async () => {
    const { code, out, err } = await hubwright([word, "--base", "main"]);
    assert.deepEqual({ code, out }, { code: 2, out: "" });
    assert.equal(
      err,
      `Cannot run "${word}": hubwright has no such command; did you mean "${suggestion}"?\n${HINT}`,
    );
  });
}

Deno.test("main() suggests nothing for a word that is like none", async () => {
  for (const word of ["upgrade", "x", "", "--base"]) {
    const { code, err } = await hubwright([word]);
    assert.equal(code, 2);
    assert.equal(err, `Cannot run "${word}": hubwright has no such command\n${HINT}`);
  }
});

for (
  const [args, message] of [
    [["--base"], "Cannot read --base: expected --base REF, found nothing"],
    [["--base", "--head", "x"], 'Cannot read --base: expected --base REF, found "--head"'],
    [["--base", "-x"], 'Cannot read --base: expected --base REF, found "-x"'],
    [["--help=yes"], 'Cannot use "--help=yes": --help takes no value'],
    [["--bas", "x"], '"hubwright plan" has no such option; did you mean "--base"?'],
    [["--plan-fil=x"], '"hubwright plan" has no such option; did you mean "--plan-file"?'],
    [["-x"], 'Cannot use the option "-x": "hubwright plan" has no such option'],
    [["--"], 'Cannot use the option "--": "hubwright plan" has no such option'],
    [["--base", ""], 'Cannot read "--base": expected it not to be empty'],
    [["--changed-files", "a", "--repo", ""], 'Cannot read "--repo": expected it not to be empty'],
    [
      ["--changed-files", "a", "--format", "yaml"],
      'Cannot read "--format": expected "table" or "json" or "markdown", found the text "yaml"',
    ],
    [[], "expected one of --base, --changed-files and --changed-files-from, found none"],
    [
      ["--base", "main", "--changed-files", "a"],
      "expected one of --base, --changed-files and --changed-files-from, found --base and " +
      "--changed-files",
    ],
    [["--changed-files", "a", "--head", "x"], "Cannot use --head without --base"],
  ] as const
) {
  Deno.test(`main() refuses "plan ${args.join(" ")}"`, async () => {
    const { code, out, err } = await hubwright(["plan", ...args]);
    assert.deepEqual({ code, out }, { code: 2, out: "" });
    const [line = "", hint, end, ...rest] = err.split("\n");
    assert.ok(line.includes(message), line);
    assert.deepEqual([`${hint}\n`, end, rest], [HINT, "", []]);
  });
}

Deno.test("main() says all that is wrong with the options at once", async () => {
  const { code, err } = await hubwright([
    ...["plan", "--changed-files", "a", "--format", "yaml"],
    ...["--labels", "no JSON", "--plan-file", ""],
  ]);
  assert.equal(code, 2);
  assert.deepEqual(err.split("\n").map((line) => /"--[a-z-]+"/.exec(line)?.[0]).slice(0, 3), [
    '"--format"',
    '"--labels"',
    '"--plan-file"',
  ]);
});

Deno.test("main() tells a bug apart from a mistake, and shows where it is", async () => {
  let err = "";
  const code = await main(["--version"], {
    out: () => {
      throw new RangeError("pipe");
    },
    err: (text) => void (err += text),
    input: () => Promise.resolve(""),
    env: () => undefined,
    color: false,
    width: 80,
  });
  assert.equal(code, EXIT.bug);
  assert.equal(code, 70);
  assert.match(err, /^RangeError: pipe\n {4}at /);
  assert.match(err, /\nThis is a bug in hubwright: please report it with the lines above\.\n$/);
});
