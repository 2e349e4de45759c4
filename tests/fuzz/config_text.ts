import fc from "fast-check";
import { DEFAULTS } from "../../src/config/defaults.ts";
import { HOSTILE_TEXTS } from "./hostile.ts";
import { mutatedValues } from "./values.ts";

const DEEP = "Array.from({ length: 5_000 }).reduce((inner) => [inner], [])";

/** Values that a config can hold and JSON cannot, or that do something when they are looked at. */
const VALUES: readonly string[] = [
  ...["undefined", "null", "true", "0", "-0", "NaN", "Infinity", "5n", 'Symbol("x")', "[]", "{}"],
  ...["[,]", '["x", , "y"]', "[undefined]", "new Map()", "new Date(NaN)", "/x/", "new String('x')"],
  ...["() => {}", "async () => {}", "function* () {}", "class {}", "Object.create(null)"],
  ...["Promise.resolve({})", "new Promise(() => {})", "Object.freeze([])"],
  ...["{ then() {} }", "{ then() { throw 1; } }", "{ toString() { throw 1; } }"],
  ...["{ get name() { throw new Error('got'); } }", "{ set name(value) {} }", "globalThis.Array"],
  ...["getPrototypeOf", "ownKeys", "has", "get", "getOwnPropertyDescriptor"].flatMap((trap) =>
    ["{}", "[]", "() => true"].map((of) =>
      `new Proxy(${of}, { ${trap}() { throw new Error("trap"); } })`
    )
  ),
  "(() => { const { proxy, revoke } = Proxy.revocable([], {}); revoke(); return proxy; })()",
  "(() => { const a: any = {}; a.a = a; return a; })()",
  DEEP,
  `["${"*a".repeat(50)}b"]`,
  `["${"**/".repeat(50)}b"]`,
  'Array(2_000).fill("x")',
  "Array.from({ length: 300 }, (_, index) => `p${index}/**`)",
  ...HOSTILE_TEXTS.map((text) => JSON.stringify(text)),
  ...HOSTILE_TEXTS.map((text) => `[${JSON.stringify(text)}]`),
  ...HOSTILE_TEXTS.map((text) => JSON.stringify(`x CLUSTER HUB ${text}`)),
];

const THROWING: readonly string[] = [
  ...["new Error('x')", "new Error('a\\nb\\u001b[31m')", "'text'", "null", "undefined"],
  ...["Symbol('x')", "Object.create(null)", "new Proxy(new Error(), { get() { throw 1; } })"],
  "new Proxy({}, { getPrototypeOf() { throw 1; } })",
  "Object.assign(new Error(), { message: { toString() { throw 1; } } })",
  "Object.defineProperty(new Error(), 'stack', { get() { throw 1; } })",
];

/** Functions for the keys that take one, `isStaging` and `setup` alike. */
const FUNCTIONS: readonly string[] = [
  ...["() => true", "() => false", "(hub) => hub", "() => 1", "async () => true", "() => [,]"],
  ...["(leg) => [leg]", "(hub) => hub.display_name.length > 12"],
  "(hub) => { hub.name = '../x'; return true; }",
  "(hub) => { for (const key in hub) delete hub[key]; return true; }",
  "async () => { throw new Error('late'); }",
  ...THROWING.map((thrown) => `() => { throw ${thrown}; }`),
  '(leg) => [{ name: "x", uses: "./x", with: { provider: leg.provider } }]',
  '(leg) => [{ name: "x", run: "y", env: { A: leg.cluster_name }, if: leg.provider.equals("gcp") }]',
  "(leg) => [{ name: leg.provider, run: `${leg.provider}` }]",
  "(leg) => [{ name: 'x', run: 'y', env: { A: leg.provider.equals({}) } }]",
  "(leg) => [{ name: 'x', run: 'y', if: leg.provider.or(true) }]",
  "() => new Set([{ name: 'x', run: 'y' }])",
];

const STEPS = [
  { name: "Local", uses: "./.github/actions/x", with: { a: 1, b: true, c: "d" } },
  { name: "Script", run: 'echo "$A"\necho b', env: { A: "x" } },
  { name: "Pinned", uses: `owner/name@${"a".repeat(40)}`, version: "v1.2.3" },
];

const value = fc.constantFrom(...VALUES);

const functionText = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('(hub) => hub.name.includes("staging")', json(STEPS)) },
  { weight: 4, arbitrary: fc.constantFrom(...FUNCTIONS) },
  { weight: 2, arbitrary: mutatedValues(fc.subarray(STEPS), 2).map((steps) => json(steps)) },
  { weight: 1, arbitrary: value },
);

const MEMBERS: readonly string[] = [
  ...["extra: 1", '["__proto__"]: 1', "constructor: 1", "[Symbol('x')]: 1", "...{ toString: 1 }"],
  ...['"__proto__": { defaultBranch: "x" }', "get extra() { throw new Error('got'); }"],
];

/** A value for a key: as its default, like its default, or anything. */
function textFor(standard: unknown): fc.Arbitrary<string> {
  if (typeof standard === "function") return functionText;
  if (typeof standard === "object" && standard !== null && !Array.isArray(standard)) {
    return fc.oneof(
      { weight: 8, arbitrary: objectText(standard) },
      { weight: 1, arbitrary: value },
    );
  }
  return fc.oneof(
    { weight: 12, arbitrary: fc.constant(json(standard)) },
    { weight: 2, arbitrary: mutatedValues(fc.constant(standard), 2).map(json) },
    { weight: 1, arbitrary: value },
  );
}

function objectText(standard: object): fc.Arbitrary<string> {
  const keys = Object.entries(standard).map(([key, of]) =>
    maybe(2, textFor(of).map((text) => `${key}: ${text}`))
  );
  return fc.tuple(...keys, maybe(12, fc.constantFrom(...MEMBERS)))
    .map((members) => `{ ${members.filter((text) => text !== "").join(", ")} }`);
}

/** A text, or so many times as often none. */
function maybe(none: number, text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.oneof(
    { withCrossShrink: true },
    { weight: none, arbitrary: fc.constant("") },
    { weight: 1, arbitrary: text },
  );
}

/** As a literal; one that is nested deeply overflows the stack of Deno's own parser. */
function json(value: unknown): string {
  const text = JSON.stringify(value) ?? "undefined";
  return text.includes("[".repeat(100)) ? DEEP : text;
}

/**
 * Config files: TypeScript that is right in most of its keys. The keys are those that have a
 * default, so that a new one is tried without a word here.
 */
export const configTexts: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 20,
    arbitrary: objectText({ ...DEFAULTS, notify: { slack: "SLACK_WEBHOOK" } }).map(exported),
  },
  { weight: 2, arbitrary: value.map(exported) },
  { weight: 1, arbitrary: fc.constantFrom(...THROWING).map((thrown) => `throw ${thrown};\n`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...["", "export const config = {};\n", "export default {\n", "const a: = 1;\n"],
      'import "./missing.ts";\nexport default {};\n',
      'import x from "nowhere";\nexport default x;\n',
      "export default {}; export function then(resolve) { resolve({ default: {} }); }\n",
      "export default {}; export function then(_, reject) { reject({}); }\n",
      "await Promise.reject(new Error('late'));\n",
    ),
  },
);

function exported(text: string): string {
  return `export default ${text};\n`;
}
