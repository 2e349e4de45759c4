import assert from "node:assert/strict";
import { YAMLException } from "js-yaml";
import { loadYaml } from "../../src/config/load_yaml.ts";
import { lineAndColumn } from "../../src/text/line_and_column.ts";
import { explainYamlMistake } from "../../src/text/yaml_slips.ts";

/** What is said about a text that is not YAML, with its place. */
function explained(text: string): string {
  try {
    loadYaml(text);
  } catch (error) {
    assert.ok(error instanceof YAMLException);
    const mistake = { start: error.mark?.position ?? 0, reason: error.reason };
    const { start, reason } = explainYamlMistake(text, mistake);
    const { line, column } = lineAndColumn(text, start);
    return `${line}:${column}: ${reason}`;
  }
  throw new Error("Expected a mistake");
}

const HUB = "name: a\nhubs:\n  - name: b\n";
const TEMPLATE = "which is a template and not YAML; fill it in, or put the whole text in quotes";

for (
  const [text, expected] of [
    [
      `${HUB}    domain: x\n    domain: y\n`,
      '5:5: the key "domain" is in line 4 already; remove one of them',
    ],
    ["---\n---\n", "2:1: expected one document, found another one from here on; remove it"],
    ["a: 1\n...\nb: 2\n", "2:1: expected one document, found another one from here on; remove it"],
    ["name: {{ cluster }}\n", `1:7: found {{ cluster }}, ${TEMPLATE}`],
    [`${HUB}    domain: {{ hub }}.example.org\n`, `4:13: found {{ hub }}, ${TEMPLATE}`],
    ["{% if x %}\nname: a\n", `1:1: found {% if x %}, ${TEMPLATE}`],
    [
      `${HUB}    title: Hub: the one # x\n`,
      '4:15: text with ": " in it needs quotes: "Hub: the one"',
    ],
    ["a: @b # c\n", '1:4: text that begins with "@" needs quotes: "@b"'],
    [
      "a: *.example.org\n",
      '1:5: unidentified alias ".example.org"; text that begins with "*" needs quotes: ' +
      '"*.example.org"',
    ],
    ["a: 'it's'\n", "1:8: a ' inside single quotes is written twice: ''"],
    ['a: "x "y""\n', '1:8: a " inside double quotes is written \\"'],
    ["a: 'b\nc: d\n", "2:1: a quote or a bracket that is opened before here is not closed"],
    ["a: 1\nb:c\nd: []\n", '2:2: expected a space after the ":" of b'],
    [
      "a: 1\n b: 2\n",
      "2:3: this line is indented further than the one above, which has a value; indent both alike",
    ],
    [
      "a:\n  - b: 1\n   c: 2\n",
      "3:4: the indentation of this line fits none of the lines above; indent it as its neighbours are",
    ],
    [
      "a:\n\tb: 1\n",
      "2:1: tab characters must not be used in indentation; indent with spaces",
    ],
    [
      "a: !python/name y\n",
      '1:4: unknown scalar tag !<!python/name>; text that begins with "!" needs quotes: ' +
      '"!python/name y"',
    ],
    ["a: [b\n", "2:1: a quote or a bracket that is opened before here is not closed"],
    ["a: \u0001\n", "1:4: the stream contains non-printable characters"],
  ] as const
) {
  Deno.test(`explainYamlMistake() explains ${JSON.stringify(text)}`, () => {
    assert.equal(explained(text), expected);
  });
}

Deno.test("explainYamlMistake() takes no long time for a long text", () => {
  const long = 100_000;
  for (
    const text of [
      "---\n".repeat(long),
      `a: ${"{{".repeat(long)}\n`,
      `a: ${"b: ".repeat(long)}\n`,
      `a: '${"x''".repeat(long)}'y\n`,
      `${"- ".repeat(500)}a: b: c\n`,
      `${Array.from({ length: long }, (_, index) => `k${index}: 1\n`).join("")}k0: 2\n`,
    ]
  ) {
    assert.ok(explained(text).length < 300);
  }
});
