import assert from "node:assert/strict";
import type { Place } from "../../scripts/called_functions.ts";
import { compileEarly } from "../../scripts/compile_early.ts";

const SCRIPT = `
const before = hoisted(2);
function hoisted(n) { return n === 0 ? [] : [n, ...hoisted(n - 1)].map((x) => x * n); }
async function waits() { return await (async () => "waited")(); }
function* counts() { yield* [1, 2].map(function (x) { return x; }); }
class Shape { #side = 2; constructor(scale) { this.scale = scale; } area() { return this.#side * this.scale; } }
const object = { method(x) { return x; }, get got() { return "got"; }, arrow: x => y => x + y };
export const result = [before, await waits(), [...counts()], new Shape(3).area(),
  object.method(1), object.got, object.arrow(1)(2), hoisted.name, object.arrow.name];
export { hoisted as renamed };
`;

function everywhere(script: string): ReadonlySet<Place> {
  const offsets = Array.from({ length: script.length + 1 }, (_, offset) => offset);
  return new Set(offsets.flatMap((start) => offsets.map((end): Place => `${start}-${end}`)));
}

async function run(script: string): Promise<unknown> {
  const { result, renamed } = await import(`data:text/javascript,${encodeURIComponent(script)}`);
  return [result, renamed(1)];
}

Deno.test("compileEarly() changes nothing in what a script does", async () => {
  const early = compileEarly(SCRIPT, everywhere(SCRIPT));
  assert.notEqual(early, SCRIPT);
  assert.deepEqual(await run(early), await run(SCRIPT));
});

const CASES: readonly (readonly [what: string, script: string, called: string, early: string])[] = [
  ["an arrow function", "f(x=>x+1);", "x=>x+1", "f((x=>x+1));"],
  ["functions that end together", "a=b=>c=>d;", "b=>c=>d", "a=(b=>c=>d);"],
  [
    "a function expression",
    "let f=async function(){};",
    "async function(){}",
    "let f=(async function(){});",
  ],
  [
    "a declaration, which moves up",
    "a();function a(){b()}function b(){}",
    "function b(){}",
    "var b=(function (){});a();function a(){b()}",
  ],
  ["no method", "x={m(){}};", "m(){}", "x={m(){}};"],
];

for (const [what, script, called, early] of CASES) {
  Deno.test(`compileEarly() puts into parentheses what is called: ${what}`, () => {
    const start = script.indexOf(called);
    assert.equal(
      compileEarly(script, new Set<Place>([`${start}-${start + called.length}`])),
      early,
    );
  });
}
