import assert from "node:assert/strict";
import fc from "fast-check";
import { shellQuote } from "../../src/text/shell_quote.ts";
import { EnvVariable, Script, script } from "../../src/workflow/script.ts";

const OPEN = "$" + "{{";
const HUB = new EnvVariable("HUB");

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
  for (const word of ["", "a b", "$HOME", "~", "A=b", "plan.json\n"]) {
    assert.equal(shellQuote(word), `'${word}'`);
  }
});

Deno.test("shellQuote() gives bash the text back as one word, at a command's start too", async () => {
  const unit = fc.oneof(
    fc.constantFrom(..."ab '\"\\$`!*?[]{}()<>|&;#~=%^-\n\t\r\u0001\u00a0é日😀"),
    fc.constantFrom("$(id)", "${HOME}", "$'a'", "\\'", "a file", "''"),
  );
  const words = fc.sample(fc.string({ unit, maxLength: 8 }), { seed: 1, numRuns: 3_000 });
  const found = "command_not_found_handle() { printf '%s\\0' \"$1\"; }";
  assert.deepEqual(
    await bash(`printf '%s\\0' ${words.map(shellQuote).join(" ")}\n${found}\n${shellQuote("A=b")}`),
    [...words, "A=b"],
  );
});

Deno.test("script() quotes text and variables and puts scripts in as they are", () => {
  const { text } = script`
    deploy ${"a b"} ${HUB}/${"c"};
    ${new Script("x 'y'")} ${" "}
  `;
  assert.equal(text, `deploy 'a b' "$HUB"/c;\n    x 'y' ' '`);
});

Deno.test("script() keeps a variable's value as one word, apart from the text after it", async () => {
  const values = ["", " ", "a  b", "*", "a*", "$(id)", "`id`", "'", '"', "\\", "-n", "a\nb\n", "~"];
  const env = Object.fromEntries(values.map((value, index) => [`VALUE_${index}`, value]));
  const calls = values.map((_, index) =>
    script`printf '%s\\0' ${new EnvVariable(`VALUE_${index}`)}`.text
  );
  const apart = script`printf '%s\\0' ${HUB}_suffix x${HUB}`.text;
  const written = await bash([...calls, apart].join("\n"), { ...env, HUB: "a b" });
  assert.deepEqual(written, [...values, "a b_suffix", "xa b"]);
});

Deno.test("Script() and script() refuse what GitHub would replace, from wherever it comes", () => {
  const refused = { name: "TypeError", message: /env$/ };
  assert.throws(() => new Script(`echo ${OPEN}`), refused);
  assert.throws(() => script`echo ${`${OPEN} github.actor }}`}`, refused);
  assert.throws(() => script`echo $${new Script("{{ github.actor }}")}`, refused);
});

Deno.test("script() refuses quotes around a variable, which would end its own", () => {
  assert.throws(() => script`echo "${HUB}"`, /^TypeError: .*quoted already/);
});

Deno.test("EnvVariable() refuses a name that a shell cannot read", () => {
  for (const name of ["", "A-B", "1A", "A B", "A$B", 'A"', "É"]) {
    assert.throws(() => new EnvVariable(name), TypeError, name);
  }
});
