/**
 * Builds `dist/`, which is what users run: the entry with what workflows call, what people call, and
 * the library that a config imports, with its types. With `--check` it compares instead.
 *
 * @module
 */
import type { TextFile } from "../src/drift/differences.ts";
import { syncFiles } from "../src/tools/sync_files.ts";
import { calledFunctions } from "./called_functions.ts";
import { compileEarly } from "./compile_early.ts";
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
  const program = await buildProgram(work);
  const source = await Deno.readTextFile("mod.ts");
  // Types that a config does not see are left out: those of Deno and of Node.
  const config = `${work}/deno.json`;
  await Deno.writeTextFile(config, '{ "compilerOptions": { "lib": ["esnext", "dom"] } }\n');
  const library = ["--minify", "--declaration", `--config=${config}`, "--no-lock"];
  await bundle("mod.ts", `--output=${work}/mod.js`, ...library);
  const mod = await Deno.readTextFile(`${work}/mod.js`);
  const types = await Deno.readTextFile(`${work}/mod.d.ts`);
  return [
    ...program,
    { path: "dist/mod.js", text: `${HEADER}// @ts-self-types="./mod.d.ts"\n${mod}` },
    { path: "dist/mod.d.ts", text: HEADER + declaredExports(types, source) },
  ];
}

/**
 * Builds the entry and the tools, which share what is in the entry. The bundler would put that into
 * a third file, so the entry is bundled once more, with it.
 */
async function buildProgram(work: string): Promise<readonly TextFile[]> {
  const [parts, program] = [`${work}/parts`, `${work}/program`];
  await bundle("src/cli/main.ts", `--outdir=${parts}`, "--code-splitting");
  const names = Array.from(Deno.readDirSync(parts), ({ name }) => name).sort();
  const [shared, main, tools, ...others] = names;
  if (main !== "main.js" || shared === undefined || tools === undefined || others.length > 0) {
    throw new Error(`Expected what is shared, the entry and the tools, found ${names.join(", ")}`);
  }
  const entry = `${parts}/entry.js`;
  const text = await Deno.readTextFile(`${parts}/${main}`);
  await Deno.writeTextFile(entry, `export * from "./${shared}";\n${text}`);
  const scripts = [
    { name: "hubwright.js", from: entry, late: tools },
    { name: "tools.js", from: `${parts}/${tools}`, late: shared },
  ];
  for (const { name, from, late } of scripts) {
    const [path, flags] = [`${program}/${name}`, ["--minify", "--no-config"]];
    await bundle(from, `--output=${path}`, `--external=./${late}`, ...flags);
    const bundled = await Deno.readTextFile(path);
    if (bundled.includes('from"node:')) {
      throw new Error(`Expected no import of Node's API in ${name}: it would slow every command`);
    }
    const linked = bundled.replaceAll(`"./${tools}"`, '"./tools.js"')
      .replaceAll(`"./${shared}"`, '"./hubwright.js"');
    await Deno.writeTextFile(path, linked);
  }
  const called = await calledFunctions(`${program}/hubwright.js`, work);
  return await Promise.all(scripts.map(async ({ name }) => {
    const path = `${program}/${name}`;
    const early = compileEarly(await Deno.readTextFile(path), called.get(path) ?? new Set());
    return { path: `dist/${name}`, text: HEADER + early };
  }));
}

/** Bundles a module, with the variants of packages that do not import Node's API: it loads slowly. */
async function bundle(entry: string, ...flags: readonly string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", "--quiet", "--platform=browser", ...flags, entry],
    stdout: "null",
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}
