import { bundle } from "./bundle.ts";
import { calledFunctions } from "./called_functions.ts";
import { compileEarly } from "./compile_early.ts";
import { withLateConstants } from "./late_constants.ts";

/** A script of a built program. */
export interface BuiltScript {
  readonly name: string;
  readonly text: string;
}

/**
 * Builds the entry and the tools, which share what is in the entry. The bundler puts that into a
 * third file, so the entry is bundled once more, with it.
 */
export async function buildProgram(work: string): Promise<readonly BuiltScript[]> {
  const [parts, program] = [`${work}/parts`, `${work}/program`];
  await bundle("src/cli/main.ts", `--outdir=${parts}`, "--code-splitting");
  const { shared, tools, entry } = await writeParts(parts);
  const scripts = [
    { name: "hubwright.js", from: entry, other: tools },
    { name: "tools.js", from: tools, other: shared },
  ];
  for (const { name, from, other } of scripts) {
    const path = `${program}/${name}`;
    const flags = ["--minify", "--no-config", `--external=./${other}`];
    await bundle(`${parts}/${from}`, `--output=${path}`, ...flags);
    const text = await Deno.readTextFile(path);
    if (text.includes('from"node:')) {
      throw new Error(`Expected no import of Node's API in ${name}: it would slow every command`);
    }
    const linked = text.replaceAll(`"./${tools}"`, '"./tools.js"')
      .replaceAll(`"./${shared}"`, '"./hubwright.js"');
    await Deno.writeTextFile(path, linked);
  }
  const called = await calledFunctions(`${program}/hubwright.js`, work);
  return await Promise.all(scripts.map(async ({ name }) => {
    const path = `${program}/${name}`;
    const text = compileEarly(await Deno.readTextFile(path), called.get(path) ?? new Set());
    return { name, text };
  }));
}

/** Writes what the bundler made with late constants, and an entry that has what is shared. */
async function writeParts(folder: string) {
  const names = Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();
  const [shared, main, tools, ...others] = names;
  if (main !== "main.js" || shared === undefined || tools === undefined || others.length > 0) {
    throw new Error(`Expected what is shared, the entry and the tools, found ${names.join(", ")}`);
  }
  const read = (name: string) => Deno.readTextFile(`${folder}/${name}`);
  const [sharedText = "", mainText = "", toolsText = ""] = withLateConstants(
    await Promise.all([shared, main, tools].map(read)),
  );
  const entry = "entry.js";
  await Deno.writeTextFile(`${folder}/${shared}`, sharedText);
  await Deno.writeTextFile(`${folder}/${tools}`, toolsText);
  await Deno.writeTextFile(`${folder}/${entry}`, `export * from "./${shared}";\n${mainText}`);
  return { shared, tools, entry };
}
