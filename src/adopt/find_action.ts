import { readText, type RepositoryFiles } from "../repository/files.ts";
import { mapping, yamlMapping } from "./workflow_data.ts";

export interface SeenAction {
  readonly inputs: readonly string[];
  readonly required: readonly string[];
}

/** Reads which inputs an action of the repository has; `undefined` where there is no action. */
export async function findAction(
  files: RepositoryFiles,
  folder: string,
): Promise<SeenAction | undefined> {
  const text = await readText(files, `${folder}/action.yml`) ??
    await readText(files, `${folder}/action.yaml`);
  if (text === undefined) return undefined;
  const inputs = Object.entries(mapping(yamlMapping(text).inputs));
  return {
    inputs: inputs.map(([name]) => name),
    required: inputs.filter(([, input]) => {
      const { required, default: fallback } = mapping(input);
      return required === true && fallback === undefined;
    }).map(([name]) => name),
  };
}
