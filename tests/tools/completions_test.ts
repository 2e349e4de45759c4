/** The completion scripts, asked by the shells themselves where these are installed. */
import assert from "node:assert/strict";
import { TOOLS } from "../../src/cli/tools.ts";
import { hubwright } from "../cli/fake_io.ts";
import { Sandbox } from "../cli/sandbox.ts";

/** How a shell is asked for what completes a line whose last word is being typed. */
const SHELLS: Readonly<Record<string, (words: readonly string[]) => string>> = {
  bash: (words) =>
    `source "$1"; COMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")}); ` +
    `COMP_CWORD=${words.length - 1}; ` +
    `_hubwright hubwright '${words.at(-1)}' '${words.at(-2)}'; printf '%s\\n' "\${COMPREPLY[@]}"`,
  fish: (words) => `source $argv[1]; complete -C "${words.join(" ")}" | string split -f1 \\t`,
  zsh: (words) =>
    `autoload -Uz compinit; compinit -u -D; source "$1"; ` +
    `COMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${words.length - 1}; ` +
    `emulate -L ksh; ` +
    `_hubwright hubwright '${words.at(-1)}' '${words.at(-2)}'; printf '%s\\n' "\${COMPREPLY[@]}"`,
};

async function complete(shell: string, words: readonly string[]): Promise<readonly string[]> {
  await using folder = await Sandbox.create({
    "hubwright.completion": (await hubwright(["completions", shell])).out,
  });
  const ask = SHELLS[shell]?.(words) ?? "";
  const script = folder.join("hubwright.completion");
  const args = shell === "fish" ? ["-N", "-c", ask, script] : ["-c", ask, shell, script];
  const { stdout, stderr } = await new Deno.Command(shell, { args, cwd: folder.path }).output();
  // Zsh leaves it to the line editor to drop what does not begin with the word so far.
  const lines = new TextDecoder().decode(stdout).split("\n")
    .filter((line) => line !== "" && (shell !== "zsh" || line.startsWith(words.at(-1) ?? "")));
  assert.equal(new TextDecoder().decode(stderr), "");
  return lines.sort();
}

async function isInstalled(shell: string): Promise<boolean> {
  try {
    return (await new Deno.Command(shell, { args: ["--version"] }).output()).success;
  } catch {
    return false;
  }
}

for (const shell of Object.keys(SHELLS)) {
  Deno.test({
    name: `hubwright completions ${shell} completes commands, options and choices`,
    ignore: !await isInstalled(shell),
    fn: async () => {
      assert.deepEqual(await complete(shell, ["hubwright", "pl"]), ["plan"]);
      assert.deepEqual(await complete(shell, ["hubwright", "plan", "--changed"]), [
        "--changed-files",
        "--changed-files-from",
      ]);
      assert.deepEqual(await complete(shell, ["hubwright", "plan", "--format", "ma"]), [
        "markdown",
      ]);
      assert.deepEqual(await complete(shell, ["hubwright", "simulate", "--event", "pu"]), [
        "pull_request",
        "push",
      ]);
      assert.deepEqual(await complete(shell, ["hubwright", "completions", "z"]), ["zsh"]);
    },
  });
}

Deno.test("hubwright completions names every command and every option", async () => {
  for (const shell of Object.keys(SHELLS)) {
    const { code, out } = await hubwright(["completions", shell]);
    assert.equal(code, 0);
    for (const { name, options } of Object.values(TOOLS)) {
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
