import assert from "node:assert/strict";
import fc from "fast-check";
import { shellQuote } from "../../src/text/shell_quote.ts";
import { EnvVariable, Script, script } from "../../src/workflow/script.ts";

const OPEN = "$" + "{{";

/** The words that bash reads, or whatever else its script writes, separated by NUL. */
async function bash(text: string, env: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const cwd = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${cwd}/a file`, "");
    const { success, stdout, stderr } = await new Deno.Command("bash", {
      args: ["--noprofile", "--norc", "-c", text],
      env: { ...env, LC_ALL: "C.UTF-8" },
      cwd,
    }).output();
    assert.ok(success, new TextDecoder().decode(stderr));
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(stdout).split("\0").slice(0, -1);
  } finally {
    await Deno.remove(cwd, { recursive: true });
  }
}

Deno.test("shellQuote() leaves words alone in which a shell reads nothing", () => {
  for (const word of ["plan.json", "--base", "a/b-c_d:e@f%g+h,i", "1"]) {
    assert.equal(shellQuote(word), word);
  }
});

Deno.test("shellQuote() puts everything else into single quotes", () => {
  assert.equal(shellQuote(""), "''");
  assert.equal(shellQuote("a b"), "'a b'");
  assert.equal(shellQuote("$HOME"), "'$HOME'");
  assert.equal(shellQuote("it's"), `'it'\\''s'`);
  assert.equal(shellQuote("~"), "'~'");
  assert.equal(shellQuote("A=b"), "'A=b'");
  assert.equal(shellQuote("plan.json\n"), "'plan.json\n'");
});

Deno.test("shellQuote() gives bash the text back as one word", async () => {
  const unit = fc.oneof(
    fc.constantFrom(..."ab '\"\\$`!*?[]{}()<>|&;#~=%^-\n\t\r\u0001\u00a0é日😀"),
    fc.constantFrom("$(id)", "${HOME}", "$'a'", "\\'", "a file", "''"),
  );
  const words = fc.sample(fc.string({ unit, maxLength: 8 }), { seed: 1, numRuns: 3_000 });
  assert.deepEqual(await bash(`printf '%s\\0' ${words.map(shellQuote).join(" ")}`), words);
});

Deno.test("shellQuote() makes a word of what would be an assignment at a command's start", async () => {
  const found = "command_not_found_handle() { printf '%s\\0' \"$1\"; }";
  assert.deepEqual(await bash(`${found}\n${shellQuote("A=b")}`), ["A=b"]);
});

Deno.test("script() quotes text and variables and puts scripts in as they are", () => {
  const { text } = script`deploy ${"a b"} ${new EnvVariable("HUB")}/${"c"}; ${new Script("x 'y'")}`;
  assert.equal(text, `deploy 'a b' "$HUB"/c; x 'y'`);
});

Deno.test("script() drops space around the script", () => {
  assert.equal(
    script`
    a
    b ${" "}
  `.text,
    "a\n    b ' '",
  );
});

Deno.test("script() keeps a variable's value as one word, whatever it holds", async () => {
  const values = ["", " ", "a  b", "*", "a*", "$(id)", "`id`", "'", '"', "\\", "-n", "a\nb\n", "~"];
  const env = Object.fromEntries(values.map((value, index) => [`VALUE_${index}`, value]));
  const calls = values.map((_, index) =>
    script`printf '%s\\0' ${new EnvVariable(`VALUE_${index}`)}`.text
  );
  assert.deepEqual(await bash(calls.join("\n"), env), values);
});

Deno.test("script() keeps a variable's name apart from the text after it", async () => {
  const { text } = script`printf '%s\\0' ${new EnvVariable("HUB")}_suffix x${new EnvVariable(
    "HUB",
  )}`;
  assert.deepEqual(await bash(text, { HUB: "a b" }), ["a b_suffix", "xa b"]);
});

Deno.test("Script() refuses what GitHub would replace", () => {
  const refused = { name: "TypeError", message: /env$/ };
  assert.throws(() => new Script(`echo ${OPEN} github.actor }}`), refused);
  assert.throws(() => new Script(`echo ${OPEN}`), refused);
});

Deno.test("script() refuses what GitHub would replace, from wherever it comes", () => {
  const refused = { name: "TypeError", message: /env$/ };
  assert.throws(() => script`echo ${`${OPEN} github.actor }}`}`, refused);
  assert.throws(() => script`echo $${new Script("{{ github.actor }}")}`, refused);
});

Deno.test("script() refuses quotes around a variable, which would end its own", () => {
  assert.throws(() => script`echo "${new EnvVariable("HUB")}"`, {
    name: "TypeError",
    message: /quoted already/,
  });
});

Deno.test("EnvVariable() refuses a name that a shell cannot read", () => {
  for (const name of ["", "A-B", "1A", "A B", "A$B", 'A"', "É"]) {
    assert.throws(() => new EnvVariable(name), TypeError, name);
  }
});
