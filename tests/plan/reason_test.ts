import assert from "node:assert/strict";
import fc from "fast-check";
import { listNames } from "../../src/text/list_names.ts";
import { keyName, writeCauses } from "../../src/plan/reason.ts";

for (
  const [names, listed] of [
    [[], ""],
    [["c", "a", "b"], "c, a, b"],
    [["a", "b", "c", "d"], "a, b, c and 1 more"],
    [["a", "b", "c", "d", "e"], "a, b, c and 2 more"],
    ...["config/a-b_c.d/x.yaml", "deployer:deploy-hubs", "a@1%2B+", "-", "and"]
      .map((name) => [[name], name] as const),
    [["a b", "c", "überall"], '"a b", c, "überall"'],
    [["a, b and 3 more"], '"a, b and 3 more"'],
    [['say "a"'], String.raw`"say \"a\""`],
    [[""], '""'],
    [["a\nb"], String.raw`"a\nb"`],
    [["a\u202eb"], String.raw`"a\u{202e}b"`],
    [["a".repeat(200)], "a".repeat(200)],
  ] as const
) {
  Deno.test(`listNames() writes ${JSON.stringify(names).slice(0, 60)} as they read best`, () => {
    assert.equal(listNames(names), listed);
  });
}

Deno.test("listNames() takes the middle out of a name that is too long to read", () => {
  const shown = listNames([`config/${"a".repeat(4_000)}/prod.values.yaml`]);
  assert.equal(shown.length, 200);
  assert.match(shown, /^config\/a+\.\.\.a+\/prod\.values\.yaml$/);
  assert.equal(listNames([`${"x".repeat(99)}\u{1f600}${"y".repeat(200)}`]).isWellFormed(), true);
});

const subjects = ["a/cluster.yaml"];
const keys = (...paths: readonly (readonly (string | number)[])[]) =>
  paths.map((path) => ({ path, before: 1, after: 2 }));
const all = (file: string) => ({ rule: "all hubs", subjects: [file] });

for (
  const [causes, written] of [
    [[], ""],
    [
      [{ rule: "label", subjects: ["x"] }, all("b.py"), all("a.py"), all("b.py")],
      "a.py, b.py (rule: all hubs); x (rule: label)",
    ],
    [
      [{ rule: "hub entry", subjects, keys: keys(["d"], ["a", "u", 0], ["a", "u", 0]) }],
      "a/cluster.yaml: d, a.u[0] (rule: hub entry)",
    ],
    [
      [{ rule: "hub entry", subjects, keys: keys(["a"], ["b"], ["c"], ["d e"]) }],
      "a/cluster.yaml: a, b, c and 1 more (rule: hub entry)",
    ],
    [[{ rule: "hub entry", subjects, keys: keys([]) }], "a/cluster.yaml: new (rule: hub entry)"],
    [
      [{ rule: "cluster file", subjects, note: "it is new" }],
      "a/cluster.yaml: it is new (rule: cluster file)",
    ],
  ] as const
) {
  Deno.test(`writeCauses() writes "${written}"`, () => {
    assert.equal(writeCauses(causes), written);
  });
}

Deno.test("keyName() writes keys and indices", () => {
  assert.equal(keyName({ path: ["a", 0, "b", 1, 2], before: 1, after: 2 }), "a[0].b[1][2]");
});

/** The rules of a reason with the names that it spells out and how many it counts. */
type Causes = Readonly<
  Record<string, { readonly names: readonly string[]; readonly more: number }>
>;

/** Reads a reason back, as a person who knows what it is made of would. */
function readReason(reason: string): Causes {
  const causes: Record<string, { names: string[]; more: number }> = {};
  let rest = reason;
  const take = (pattern: RegExp): readonly string[] => {
    const found = pattern.exec(rest);
    assert.equal(found?.index, 0, `${pattern} at the start of ${rest}`);
    rest = rest.slice(found[0].length);
    return found;
  };
  while (rest !== "") {
    const names: string[] = [];
    do {
      if (names.length > 0) take(/, /);
      const [name = ""] = take(/"(?:[^"\\]|\\.)*"|[^ ,"()]+/);
      names.push(unescapeName(name));
    } while (rest.startsWith(", "));
    const more = rest.startsWith(" and ") ? Number(take(/ and (\d+) more/)[1]) : 0;
    const [, rule = ""] = take(/ \(rule: ([a-z ]+)\)/);
    assert.ok(!Object.hasOwn(causes, rule), `${rule} stands there twice`);
    causes[rule] = { names, more };
    if (rest !== "") take(/; /);
  }
  return causes;
}

function unescapeName(shown: string): string {
  const inner = shown.startsWith('"') ? shown.slice(1, -1) : shown;
  const letters: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };
  return inner.replace(
    /\\(?:u\{([0-9a-f]+)\}|u([0-9a-f]{4})|(.))/gsu,
    (_, point?: string, unit?: string, letter = "") => {
      if (point !== undefined) return String.fromCodePoint(parseInt(point, 16));
      if (unit !== undefined) return String.fromCharCode(parseInt(unit, 16));
      return letters[letter] ?? letter;
    },
  );
}

Deno.test("writeCauses() lets no name be taken for more than a name", () => {
  const unit = fc.constantFrom(
    ...["a", "b", " ", ",", ", ", ";", "; ", '"', "\\", "(", ")", "\n", "\u202e", "::", "##["],
    ...[
      " (rule: label)",
      " (rule: all hubs); ",
      " and 3 more",
      String.raw`\u{202e}`,
      "é",
      "\ud800",
    ],
  );
  const name = fc.string({ unit, minLength: 1, maxLength: 6 });
  const rule = fc.constantFrom("all hubs", "cluster file", "label");
  const names = fc.uniqueArray(name, { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(fc.dictionary(rule, names, { minKeys: 1 }), (causes) => {
      const list = Object.entries(causes).flatMap(([rule, [first = "", ...rest]]) => [
        { rule, subjects: [first] },
        ...(rest.length > 0 ? [{ rule, subjects: rest }] : []),
      ]);
      const expected = Object.entries(causes).map(([rule, names]) => [rule, {
        names: [...names].sort().slice(0, 3),
        more: Math.max(0, names.length - 3),
      }]);
      assert.deepEqual(readReason(writeCauses(list)), Object.fromEntries(expected));
    }),
    { seed: 1, numRuns: 2_000 },
  );
});
