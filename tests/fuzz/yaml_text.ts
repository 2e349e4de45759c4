import fc from "fast-check";
import { HOSTILE_TEXTS } from "./hostile.ts";

/** What may stand in a YAML file where a value stands. */
const VALUES: readonly string[] = [
  ...["&a x", "*a", "*nope", "&a [*a]", "&a {<<: *a}", "!!js/function 'x'", "!!binary aGk="],
  ...["!!set {a}", "!!omap [a: b]", "!!int x", "!<tag:example.org,2000:x> y", "! x", "!!str"],
  ...["|", ">-", "|2\n  x", "'", '"', '"\\ud800"', '"\\x00"', '"a\\nb"', "''", "[", "]", "{", "}"],
  ...["2001-01-01", "0x1F", "0o17", "0b1", "1_000", "1e999", "-.inf", ".nan", "~", "null", "yes"],
  ...["- - -", "? x", ": x", "# x", "a: b: c", "[a, b", "{a: }", "@x", "%x", "`x`", "x #y"],
  ...["[staging.values.yaml]", "../common.values.yaml", "../../../../../x.yaml", "a//./b.yaml"],
  ...["[".repeat(120), "[".repeat(5_000), "{a: ".repeat(200), "[[]]", "9".repeat(400)],
  ...HOSTILE_TEXTS,
  ...HOSTILE_TEXTS.map((text) => JSON.stringify(text)),
];

/** What may stand in a YAML file as lines of their own. */
const LINES: readonly string[] = [
  ...["---", "...", "--- x", "%YAML 1.1", "%YAML 9.9\n---", "%TAG ! x\n---", "# x", "", "\t"],
  ...["\tx"],
  ...["<<: *a", "<<: [*a, *a]", "<<: {hubs: []}", "<<: x", "x: &a {name: staging}", "hubs: []"],
  ...["hubs: null", "hubs: {}", "support: {}", "support: null", "support: []", "name: lake"],
  ...["provider: gcp", "__proto__: {hubs: []}", "constructor: {prototype: {}}", "toString: x"],
  ...["? {a: b}\n: c", "? [a]\n: c", ": x", "'", '"x: y', "- x", "  - name: staging", "x: |\n y"],
  ...["  - *a", "  - name: &a staging\n  - name: *a", "\ufeffname: x", "x: \0", "a b", "a: b: c"],
  laughs(9, 10),
  laughs(3, 50),
  merges(9, 10),
  `hubs:\n${"  - name: A\n".repeat(3_000)}`,
  `hubs:\n${"  - name: same\n".repeat(1_500)}`,
  `support:\n  helm_chart_values_files:\n${"    - /x\n".repeat(2_000)}`,
  Array.from({ length: 200 }, (_, depth) => `${" ".repeat(depth)}x:`).join("\n"),
];

/** A list of lists of lists, which is short only while it is not spelt out. */
function laughs(depth: number, width: number): string {
  const level = (at: number) => `l${at + 1}: &l${at + 1} [${Array(width).fill(`*l${at}`).join()}]`;
  return ["l0: &l0 [x]", ...Array.from({ length: depth }, (_, at) => level(at)), `hubs: *l${depth}`]
    .join("\n");
}

function merges(depth: number, width: number): string {
  const level = (at: number) =>
    `m${at + 1}: &m${at + 1} {<<: [${Array(width).fill(`*m${at}`).join()}]}`;
  return [
    "m0: &m0 {x: 1}",
    ...Array.from({ length: depth }, (_, at) => level(at)),
    `support: *m${depth}`,
  ]
    .join("\n");
}

const EDITS = {
  "cut a line": (lines: string[], at: number) => lines.splice(at, 1),
  "repeat a line": (lines: string[], at: number) => lines.splice(at, 0, lines[at] ?? ""),
  "swap two lines": (lines: string[], at: number) =>
    lines.splice(at, 2, ...lines.slice(at, at + 2).reverse()),
  "cut the rest": (lines: string[], at: number) => lines.splice(at),
  "indent": (lines: string[], at: number) => lines.splice(at, 1, `  ${lines[at]}`),
  "dedent": (lines: string[], at: number) => lines.splice(at, 1, lines[at]?.slice(1) ?? ""),
  "indent with tabs": (lines: string[], at: number) =>
    lines.splice(at, 1, lines[at]?.replace(/^ +/, "\t") ?? ""),
  "break lines as Windows does": (lines: string[]) =>
    lines.splice(0, lines.length, ...lines.map((line) => `${line}\r`)),
  "insert a line": (lines: string[], at: number, choice: number) =>
    lines.splice(at, 0, LINES[choice % LINES.length] ?? ""),
  "replace a value": (lines: string[], at: number, choice: number) => {
    const value = VALUES[choice % VALUES.length] ?? "";
    lines.splice(at, 1, lines[at]?.replace(/(?<=: |- |^)[^\s:]+$/, () => value) ?? "");
  },
  "replace a key": (lines: string[], at: number, choice: number) => {
    const key = VALUES[choice % VALUES.length] ?? "";
    lines.splice(at, 1, lines[at]?.replace(/[\w-]+(?=:)/, () => key) ?? "");
  },
} as const;

const edit = fc.record({
  what: fc.constantFrom(...Object.keys(EDITS) as (keyof typeof EDITS)[]),
  at: fc.nat(10_000),
  choice: fc.nat(10_000),
});

/** YAML files that begin as others and are changed line by line and token by token. */
export function yamlTexts(seeds: readonly string[], most = 4): fc.Arbitrary<string> {
  return fc.tuple(fc.constantFrom(...seeds), fc.array(edit, { maxLength: most }))
    .map(([seed, edits]) => {
      const lines = seed.split("\n");
      for (const { what, at, choice } of edits) {
        EDITS[what](lines, at % Math.max(1, lines.length), choice);
      }
      return lines.join("\n");
    });
}
