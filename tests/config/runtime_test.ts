import assert from "node:assert/strict";
import { hasOwnPermissions, runtimeProblem } from "../../src/config/runtime.ts";
import { DEFAULTS } from "../../src/config/defaults.ts";
import { runDeno } from "../run_program.ts";
import { tempFolder } from "../temp_folder.ts";

const SOUND: readonly (readonly string[])[] = [
  DEFAULTS.runtime,
  ["deno", "run", "--frozen", "PERMISSIONS", "main.ts"],
  ["deno", "run", "--frozen=true", "--quiet", "PERMISSIONS", "main.ts"],
  ["npx", "-y", "deno@2.9.6", "run", "--frozen-lockfile", "PERMISSIONS", "main.ts"],
  ["deno", "run", "--no-npm", "PERMISSIONS", "main.ts"],
  ["deno", "task", "hubwright"],
  ["./hubwright", "run"],
];

const OWN: readonly (readonly string[])[] = [
  ["deno", "run", "--frozen", "main.ts"],
  ["deno", "run", "-A", "--frozen", "main.ts"],
  ["/opt/deno", "run", "main.ts"],
  ["npx", "-y", "deno@2.9.6", "run", "main.ts"],
];

for (const words of [...SOUND, ...OWN]) {
  Deno.test(`runtimeProblem() lets "${words.join(" ")}" be`, () => {
    assert.equal(runtimeProblem(words), undefined);
  });

  Deno.test(`hasOwnPermissions() tells whether "${words.join(" ")}" has`, () => {
    assert.equal(hasOwnPermissions(words), OWN.includes(words));
  });
}

const FROZEN =
  /^expected --no-npm, or --frozen, before PERMISSIONS, so that nothing runs that the /;
const grants = (flag: string) =>
  new RegExp(`^expected PERMISSIONS to say all that is allowed, found "${flag}"$`);

const UNSOUND: readonly (readonly [words: string, problem: RegExp])[] = [
  ["deno run PERMISSIONS main.ts", FROZEN],
  ["wrapper PERMISSIONS", FROZEN],
  ["deno run -A --frozen PERMISSIONS main.ts", grants("-A")],
  ["deno run -RW --frozen PERMISSIONS main.ts", grants("-RW")],
  ["deno run -P=ci --frozen PERMISSIONS main.ts", grants("-P=ci")],
  ["deno run --permission-set --frozen PERMISSIONS main.ts", grants("--permission-set")],
  ["deno run --allow-read --frozen PERMISSIONS main.ts", grants("--allow-read")],
  ["deno run --allow-import=a.org --frozen PERMISSIONS main.ts", grants("--allow-import=a.org")],
  ["deno run --no-lock --frozen PERMISSIONS main.ts", grants("--no-lock")],
  ["deno run --frozen=false PERMISSIONS main.ts", grants("--frozen=false")],
];

for (const [words, problem] of UNSOUND) {
  Deno.test(`runtimeProblem() refuses "${words}"`, () => {
    assert.match(runtimeProblem(words.split(" ")) ?? "", problem);
  });
}

Deno.test("DEFAULTS.runtime runs nothing from a registry, whatever a lock file holds", async () => {
  const stale = { version: "5", workspace: { dependencies: ["npm:zod@1"] } };
  await using folder = await tempFolder({
    "main.ts": 'console.log("ran");',
    "npm.ts": 'import "npm:zod@4";',
    "deno.lock": JSON.stringify(stale),
  });
  const run = async (entry: string) => {
    const [, ...args] = DEFAULTS.runtime.filter((word) => word !== "PERMISSIONS");
    const { out, err } = await runDeno([...args.slice(0, -1), entry], { cwd: folder.path });
    return out + err;
  };
  assert.equal(await run("main.ts"), "ran\n");
  assert.match(await run("npm.ts"), /--no-npm is specified/);
});
