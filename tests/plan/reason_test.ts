import assert from "node:assert/strict";
import fc from "fast-check";
import { listNames } from "../../src/text/list_names.ts";
import { keyName, Reasons } from "../../src/plan/reason.ts";

Deno.test("listNames() spells out three names", () => {
  assert.equal(listNames([]), "");
  assert.equal(listNames(["a"]), "a");
  assert.equal(listNames(["c", "a", "b"]), "c, a, b");
});

Deno.test("listNames() counts the rest", () => {
  assert.equal(listNames(["a", "b", "c", "d"]), "a, b, c and 1 more");
  assert.equal(listNames(["a", "b", "c", "d", "e"]), "a, b, c and 2 more");
});

Deno.test("listNames() leaves the names that paths and labels usually have as they are", () => {
  for (const name of ["config/a-b_c.d/x.yaml", "deployer:deploy-hubs", "a@1%2B+", "-", "and"]) {
    assert.equal(listNames([name]), name);
  }
});

Deno.test("listNames() puts other names into quotes", () => {
  assert.equal(listNames(["a b", "c", "überall"]), '"a b", c, "überall"');
  assert.equal(listNames(["a, b and 3 more"]), '"a, b and 3 more"');
  assert.equal(listNames(['say "a"']), String.raw`"say \"a\""`);
  assert.equal(listNames([""]), '""');
});

Deno.test("listNames() makes hidden characters visible", () => {
  assert.equal(listNames(["a\nb"]), String.raw`"a\nb"`);
  assert.equal(listNames(["a\u202eb"]), String.raw`"a\u{202e}b"`);
});

Deno.test("listNames() takes the middle out of a name that is too long to read", () => {
  const long = `config/${"a".repeat(4_000)}/prod.values.yaml`;
  const shown = listNames([long]);
  assert.equal(shown.length, 200);
  assert.match(shown, /^config\/a+\.\.\.a+\/prod\.values\.yaml$/);
  assert.equal(listNames(["a".repeat(200)]), "a".repeat(200));
  assert.equal(listNames([`${"x".repeat(99)}\u{1f600}${"y".repeat(200)}`]).isWellFormed(), true);
});

Deno.test("Reasons.any is false until a cause is added", () => {
  const reasons = new Reasons();
  assert.equal(reasons.any, false);
  assert.equal(String(reasons), "");
  reasons.add({ rule: "all hubs", subjects: ["deployer/a.py"] });
  assert.equal(reasons.any, true);
});

Deno.test("Reasons.toString() gives each rule its files, sorted, each once", () => {
  const reasons = new Reasons();
  reasons.add({ rule: "label", subjects: ["x"] });
  reasons.add({ rule: "all hubs", subjects: ["deployer/b.py"] });
  reasons.add({ rule: "all hubs", subjects: ["deployer/a.py"] });
  reasons.add({ rule: "all hubs", subjects: ["deployer/b.py"] });
  assert.equal(String(reasons), "deployer/a.py, deployer/b.py (rule: all hubs); x (rule: label)");
});

Deno.test("Reasons.toString() names the keys of a file that decided, or why all of it did", () => {
  const subjects = ["a/cluster.yaml"];
  const change = (...path: readonly (string | number)[]) => ({ path, before: 1, after: 2 });
  const written = (keys: readonly ReturnType<typeof change>[]) => {
    const reasons = new Reasons();
    reasons.add({ rule: "hub entry", subjects, keys });
    return String(reasons);
  };
  assert.equal(
    written([change("domain"), change("auth", "users", 0), change("auth", "users", 0)]),
    "a/cluster.yaml: domain, auth.users[0] (rule: hub entry)",
  );
  assert.equal(
    written(["a", "b", "c", "d e"].map((key) => change(key))),
    "a/cluster.yaml: a, b, c and 1 more (rule: hub entry)",
  );
  assert.equal(written([change()]), "a/cluster.yaml: new (rule: hub entry)");
  const reasons = new Reasons();
  reasons.add({ rule: "cluster file", subjects, note: "it is new" });
  assert.equal(String(reasons), "a/cluster.yaml: it is new (rule: cluster file)");
});

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
  const letters: Readonly<Record<string, string>> = {
    b: "\b",
    f: "\f",
    n: "\n",
    r: "\r",
    t: "\t",
  };
  return inner.replace(
    /\\(?:u\{([0-9a-f]+)\}|u([0-9a-f]{4})|(.))/gsu,
    (_, point?: string, unit?: string, letter = "") => {
      if (point !== undefined) return String.fromCodePoint(parseInt(point, 16));
      if (unit !== undefined) return String.fromCharCode(parseInt(unit, 16));
      return letters[letter] ?? letter;
    },
  );
}

Deno.test("Reasons.toString() lets no name be taken for more than a name", () => {
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
      const reasons = new Reasons();
      for (const [rule, names] of Object.entries(causes)) {
        const [first = "", ...rest] = names;
        reasons.add({ rule, subjects: [first] });
        if (rest.length > 0) reasons.add({ rule, subjects: rest });
      }
      const expected = Object.entries(causes).map(([rule, names]) => [rule, {
        names: [...names].sort().slice(0, 3),
        more: Math.max(0, names.length - 3),
      }]);
      assert.deepEqual(readReason(String(reasons)), Object.fromEntries(expected));
    }),
    { seed: 1, numRuns: 2_000 },
  );
});
