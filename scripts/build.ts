/**
 * Builds `dist/`, which is what users run: the entry with what workflows call, what people call,
 * the library that a config imports with its types, and the schema of `cluster.yaml`. With
 * `--check` it compares instead.
 *
 * @module
 */
import type { TextFile } from "../src/drift/differences.ts";
import { syncFiles } from "../src/tools/sync_files.ts";
import { VERSION } from "../src/version.ts";
import { buildProgram } from "./build_program.ts";
import { bundle } from "./bundle.ts";
import { clusterSchema } from "./cluster_schema.ts";
import { runTask } from "./run_task.ts";

/** The first line of a built file, and the mark by which one is known that is built no more. */
const BUILT = "Built by hubwright";
const HEADER = `// ${BUILT} ${VERSION} from its source; do not edit. MIT license.\n`;

/** An export of a bundle of declarations, with its name. */
const EXPORT =
  /^export (declare )?(?=(?:abstract )?(?:class|const|function|interface|type) ([\w$]+))/gm;

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
    ...program.map(({ name, text }) => ({ path: `dist/${name}`, text: HEADER + text })),
    { path: "dist/mod.js", text: `${HEADER}// @ts-self-types="./mod.d.ts"\n${mod}` },
    { path: "dist/mod.d.ts", text: HEADER + declaredExports(types, source) },
    { path: "dist/cluster.schema.json", text: clusterSchema(`${BUILT} ${VERSION}. MIT license.`) },
  ];
}

/**
 * Keeps the exports of a bundle of declarations to what the library exports: the bundler exports all
 * that they are made of, which would compile in a config and not be there when it runs.
 */
function declaredExports(declarations: string, library: string): string {
  const names = new Set(
    [...library.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap(([, list = ""]) =>
      list.split(",").map((name) => name.trim().replace(/^type /, ""))
    ),
  );
  const text = declarations.replace(
    EXPORT,
    (all, declare: string | undefined, name: string) => names.has(name) ? all : declare ?? "",
  );
  return `${text.replaceAll(/^export \{\};\n?/gm, "").trimEnd()}\nexport {};\n`;
}
