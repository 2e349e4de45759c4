/** The completion scripts, asked by the shells themselves where these are installed. */
import assert from "node:assert/strict";
import { allOf, TOOLS } from "../../src/cli/tools.ts";
import { hubwright } from "../cli/fake_io.ts";
import { tempFolder } from "../temp_folder.ts";

/** Lines that are typed up to their last word, and what completes that. */
const TYPED: readonly (readonly [words: readonly string[], completed: readonly string[]])[] = [
  [["pl"], ["plan"]],
  [["plan", "--changed"], ["--changed-files", "--changed-files-from"]],
  [["plan", "--format", "ma"], ["markdown"]],
  [["simulate", "--event", "pu"], ["pull_request", "push"]],
  [["completions", "z"], ["zsh"]],
];

/** Asks the function of bash's script, which zsh runs too. */
const asked = (words: readonly string[]) =>
  `COMP_WORDS=(hubwright ${words.join(" ")}); COMP_CWORD=${words.length}; _hubwright hubwright ` +
  `'${words.at(-1)}' '${["hubwright", ...words].at(-2)}'; printf '%s\\n' "\${COMPREPLY[@]}"`;

/** How a shell loads the script, and how it is asked for what completes a line. */
const SHELLS: Readonly<
  Record<string, readonly [string, ask: (words: readonly string[]) => string]>
> = {
  bash: ['source "$1"', asked],
  fish: [
    "source $argv[1]",
    (words) => `complete -C "hubwright ${words.join(" ")}" | string split -f1 \\t`,
  ],
  zsh: ['autoload -Uz compinit; compinit -u -D; source "$1"; emulate ksh', asked],
};

async function isInstalled(shell: string): Promise<boolean> {
  try {
    return (await new Deno.Command(shell, { args: ["--version"] }).output()).success;
  } catch {
    return false;
  }
}

for (const [shell, [load, ask]] of Object.entries(SHELLS)) {
  Deno.test({
    name: `hubwright completions ${shell} completes commands, options and choices`,
    ignore: !await isInstalled(shell),
    fn: async () => {
      const { out } = await hubwright(["completions", shell]);
      await using folder = await tempFolder({ script: out });
      const program = [load, ...TYPED.map(([words]) => ask(words))].join("\necho ==\n");
      const args = [
        ...shell === "fish" ? ["-N", "-c", program] : ["-c", program, shell],
        "./script",
      ];
      const { stdout, stderr } = await new Deno.Command(shell, { args, cwd: folder.path }).output();
      assert.equal(new TextDecoder().decode(stderr), "");
      const [, ...answers] = new TextDecoder().decode(stdout).split("==\n");
      TYPED.forEach(([words, completed], index) => {
        // Zsh leaves it to the line editor to drop what does not begin with the word so far.
        const found = answers[index]?.split("\n")
          .filter((line) =>
            line !== "" && (shell !== "zsh" || line.startsWith(words.at(-1) ?? ""))
          );
        assert.deepEqual(found?.sort(), completed, words.join(" "));
      });
    },
  });
}

Deno.test("hubwright completions names every command and every option", async () => {
  for (const shell of Object.keys(SHELLS)) {
    const { code, out } = await hubwright(["completions", shell]);
    assert.equal(code, 0);
    for (const { name, options } of allOf(TOOLS)) {
      assert.ok(out.includes(name), `${shell}: ${name}`);
      for (const [option, { value }] of Object.entries(options)) {
        if (value === "SHELL" || value?.startsWith("CLUSTER")) continue;
        assert.match(out, new RegExp(`(?:--|-l )${option}\\b`), `${shell}: ${name} --${option}`);
      }
    }
  }
});

Deno.test("hubwright completions wants a shell that it knows", async () => {
  for (const args of [["completions"], ["completions", "tcsh"]]) {
    const { code, err } = await hubwright(args);
    assert.equal(code, 2);
    assert.match(err, /bash/);
  }
});
