import { applyEdits, modify } from "jsonc-parser";
import { DEFAULTS } from "../config/defaults.ts";
import type { TextFile } from "../drift/differences.ts";
import type { RepositoryFiles } from "../repository/files.ts";
import { readPlain } from "./adopted_files.ts";
import type { Observation } from "./observe.ts";

/** The files with which editors check each `cluster.yaml`. */
export async function editorFiles(
  files: RepositoryFiles,
  { clusters }: Observation,
): Promise<readonly TextFile[]> {
  const settings = ".vscode/settings.json";
  const described = await Promise.all(
    (clusters?.clusters ?? []).map(async ({ path }) =>
      withSchemaLine({ path, text: await readPlain(files, path) ?? "" })
    ),
  );
  const dir = clusters?.dir ?? DEFAULTS.clustersDir;
  const text = withSchemaSetting(await readPlain(files, settings), dir);
  return [...described, { path: settings, text }];
}

const LINE = /^\uFEFF?# yaml-language-server: \$schema=/m;

/** A `cluster.yaml` whose first line says which schema it follows; as it is where one line does. */
function withSchemaLine({ path, text }: TextFile): TextFile {
  if (LINE.test(text)) return { path, text };
  const up = "../".repeat(path.split("/").length - 1);
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const line = `# yaml-language-server: $schema=${up}.hubwright/cluster.schema.json${eol}`;
  return { path, text: text.startsWith("\uFEFF") ? `\uFEFF${line}${text.slice(1)}` : line + text };
}

/** The settings with which VS Code checks each `cluster.yaml`. */
function withSchemaSetting(text: string | undefined, clustersDir: string): string {
  return applyEdits(
    text ?? "{}\n",
    modify(
      text ?? "{}\n",
      ["yaml.schemas", "./.hubwright/cluster.schema.json"],
      `${clustersDir}/*/cluster.yaml`,
      { formattingOptions: { insertSpaces: true, tabSize: 2 } },
    ),
  );
}
