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

Deno.test("runtimeProblem() lets be what keeps to the lock file, or has permissions of its own", () => {
  for (const words of [...SOUND, ...OWN]) {
    assert.equal(runtimeProblem(words), undefined, words.join(" "));
    assert.equal(hasOwnPermissions(words), OWN.includes(words), words.join(" "));
  }
});

Deno.test("runtimeProblem() refuses words that grant more than PERMISSIONS, or run more than the lock file holds", () => {
  const grants = ["-A", "-RW", "-P=ci", "--permission-set", "--allow-read", "--allow-import=a.org"];
  for (const flag of [...grants, "--no-lock", "--frozen=false"]) {
    assert.equal(
      runtimeProblem(["deno", "run", flag, "--frozen", "PERMISSIONS", "main.ts"]),
      `expected PERMISSIONS to say all that is allowed, found "${flag}"`,
    );
  }
  for (const words of [["deno", "run", "PERMISSIONS", "main.ts"], ["wrapper", "PERMISSIONS"]]) {
    assert.match(
      runtimeProblem(words) ?? "",
      /^expected --no-npm, or --frozen, before PERMISSIONS, /,
    );
  }
});

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
