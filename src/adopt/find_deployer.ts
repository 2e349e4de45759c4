import { readText, type RepositoryFiles } from "../repository/files.ts";

/** The program that upgrades releases, where it is in the repository itself. */
export interface SeenDeployer {
  /** The patterns of what it is made of. */
  readonly paths: readonly string[];
  readonly folder: string;
  /** Whether the `pyproject.toml` of the root is about it. */
  readonly isPackage: boolean;
}

const NAMED = /^\s*(?:name\s*=\s*"deployer"|deployer\s*=\s*")/m;

/** Finds the deployer: `deployer/` or `src/deployer`, and the `pyproject.toml` that is about it. */
export async function findDeployer(files: RepositoryFiles): Promise<SeenDeployer | undefined> {
  const manifest = await readText(files, "pyproject.toml");
  const isPackage = manifest !== undefined && NAMED.test(manifest);
  const folder = ["src/deployer", "deployer"].find((path) => files.list(path) !== undefined);
  if (folder === undefined) return undefined;
  return {
    paths: [`${folder}/**`, ...(isPackage ? ["pyproject.toml"] : [])],
    folder,
    isPackage,
  };
}

/** The command that installs what upgrades releases; `undefined` where none was found. */
export async function findInstall(
  files: RepositoryFiles,
  deployer: SeenDeployer | undefined,
): Promise<string | undefined> {
  if (deployer?.isPackage) return "pip install .";
  const folder = deployer?.folder;
  if (folder !== undefined && files.list(folder)?.has("pyproject.toml")) {
    return `pip install ./${folder}`;
  }
  const lists = [
    ...(folder === undefined ? [] : [`${folder}/requirements.txt`]),
    "requirements.txt",
  ];
  for (const path of lists) {
    if (await readText(files, path) !== undefined) return `pip install --requirement ${path}`;
  }
  return undefined;
}
