/**
 * Builds `dist/`, which is what users run: the entry with what workflows call, what people call, and
 * the library that a config imports, with its types. With `--check` it compares instead.
 *
 * @module
 */
import type { TextFile } from "../src/drift/differences.ts";
import { syncFiles } from "../src/tools/sync_files.ts";
import { declaredExports } from "./declared_exports.ts";
import { runTask } from "./run_task.ts";

/** The first line of a built file, and the mark by which one is known that is built no more. */
const BUILT = "Built by hubwright";
const HEADER = `// ${BUILT} from its source; do not edit. MIT license.\n`;

await runTask(async (io) => {
  const work = await Deno.makeTempDir({ prefix: "hubwright-build-" });
  try {
    return await syncFiles(".", await build(work), {
      check: Deno.args.includes("--check"),
      mark: BUILT,
      fix: "deno task build",
    }, io);
  } finally {
    await Deno.remove(work, { recursive: true });
  }
});

async function build(work: string): Promise<readonly TextFile[]> {
  // One after the other: each bundle asks for the same packages.
  const hubwright = await bundle("src/cli/main.ts", `${work}/hubwright.js`, [
    "--external=./tools.ts",
  ]);
  const tools = await bundle("src/cli/tools.ts", `${work}/tools.js`);
  // Types that a config does not see are left out: those of Deno and of Node.
  const config = `${work}/deno.json`;
  await Deno.writeTextFile(config, '{ "compilerOptions": { "lib": ["esnext", "dom"] } }\n');
  const library = ["--declaration", `--config=${config}`, "--no-lock"];
  const mod = await bundle("mod.ts", `${work}/mod.js`, library);
  const types = await Deno.readTextFile(`${work}/mod.d.ts`);
  const source = await Deno.readTextFile("mod.ts");
  return [
    { path: "dist/hubwright.js", text: HEADER + namedTools(hubwright) },
    { path: "dist/tools.js", text: HEADER + tools },
    { path: "dist/mod.js", text: `${HEADER}// @ts-self-types="./mod.d.ts"\n${mod}` },
    { path: "dist/mod.d.ts", text: HEADER + declaredExports(types, source) },
  ];
}

/** The bundler leaves what the entry imports late as it is written: the source's name. */
function namedTools(text: string): string {
  const parts = text.split('import("./tools.ts")');
  if (parts.length !== 2) throw new Error("Expected the entry to import the tools once");
  return parts.join('import("./tools.js")');
}

async function bundle(
  entry: string,
  output: string,
  flags: readonly string[] = [],
): Promise<string> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "bundle",
      "--quiet",
      "--platform=deno",
      "--minify",
      ...flags,
      `--output=${output}`,
      entry,
    ],
    stdout: "null",
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return await Deno.readTextFile(output);
}
