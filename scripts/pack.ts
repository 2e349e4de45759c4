/**
 * Packs `dist/` as the npm package, which depends on nothing. The tarball goes into the folder that
 * the argument names, or into this one.
 *
 * @module
 */
import { mustRun } from "./must_run.ts";
import { print } from "./print.ts";

const root = new URL("..", import.meta.url).pathname;
const [folder = "."] = Deno.args;
const { name, version, license } = JSON.parse(await Deno.readTextFile(`${root}/deno.json`));

const manifest = {
  name,
  version,
  license,
  description: "Generates the deployment workflows of many JupyterHubs, and plans what they deploy",
  type: "module",
  exports: {
    ".": { types: "./mod.d.ts", default: "./mod.js" },
    "./cli": "./hubwright.js",
  },
};

const work = await Deno.makeTempDir({ prefix: "hubwright-pack-" });
try {
  for (const file of ["hubwright.js", "tools.js", "mod.js", "mod.d.ts", "cluster.schema.json"]) {
    await Deno.copyFile(`${root}/dist/${file}`, `${work}/${file}`);
  }
  for (const file of ["README.md", "LICENSE"]) {
    await Deno.copyFile(`${root}/${file}`, `${work}/${file}`);
  }
  await Deno.writeTextFile(`${work}/package.json`, `${JSON.stringify(manifest, null, 2)}\n`);
  const args = ["pack", work, "--silent", `--pack-destination=${folder}`];
  print(await mustRun("npm", args));
} finally {
  await Deno.remove(work, { recursive: true });
}
