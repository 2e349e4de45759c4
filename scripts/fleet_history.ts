/** Makes an infrastructure repository of any size, with a history of any length, for measuring. */
import { Sandbox } from "../tests/cli/sandbox.ts";
import { type Commit, fastImport } from "../tests/git/fast_import.ts";
import { fleetFiles, type FleetSize } from "./fleet.ts";

/** The charts that all fleets have. */
const CHARTS: Readonly<Record<string, string>> = {
  "helm-charts/basehub/Chart.yaml": "name: basehub\n",
  "helm-charts/basehub/values.yaml": "replicas: 0\n",
  "helm-charts/daskhub/Chart.yaml":
    "name: daskhub\ndependencies:\n  - name: basehub\n    repository: file://../basehub\n",
  "helm-charts/daskhub/values.yaml": "replicas: 0\n",
  "helm-charts/support/Chart.yaml": "name: support\n",
  "helm-charts/support/values.yaml": "replicas: 0\n",
  "deployer/deploy.py": "pass\n",
  "docs/index.md": "# A fleet\n",
};

/** What one push does to one file. */
type Edit = (push: number, files: Map<string, string>) => string;

const append = (path: (push: number) => string): Edit => (push, files) => {
  const file = path(push);
  files.set(file, `${files.get(file) ?? ""}# push ${push}\n`.slice(-20_000));
  return file;
};

/**
 * What pushes do, in turn: as in a repository where most of them change one hub's values or its
 * entry, some a chart, and few reach everything.
 */
function editsOf({ clusters }: FleetSize): readonly Edit[] {
  const folder = (push: number) => `config/clusters/cluster-${push % clusters}`;
  const entry: Edit = (push, files) => {
    const file = `${folder(push)}/cluster.yaml`;
    const text = files.get(file) ?? "";
    files.set(file, text.replace(/(domain: hub-1\.).*/, `$1push-${push}.example.org`));
    return file;
  };
  const comment: Edit = (push, files) => {
    const file = `${folder(push)}/cluster.yaml`;
    files.set(file, `# push ${push}\n${files.get(file)?.replace(/^#.*\n/, "")}`);
    return file;
  };
  const values = append((push) => `${folder(push)}/hub-1.values.yaml`);
  const common = append((push) => `${folder(push)}/common.values.yaml`);
  const most = [values, entry, values, entry, values, common, entry, values, comment, entry];
  const seldom = [
    ...["docs/index.md", "helm-charts/basehub/values.yaml"],
    ...["helm-charts/support/values.yaml", "deployer/deploy.py"],
  ];
  return seldom.flatMap((path) => [...most, append(() => path)]);
}

/** Makes a repository at the end of a history. The same size and length give the same. */
export async function fleetRepository(size: FleetSize, pushes: number): Promise<Sandbox> {
  const files = new Map([
    ...Object.entries(CHARTS),
    ...fleetFiles(size).map(({ path, text }) => [path, text] as const),
  ]);
  const edits = editsOf(size);
  const commit = (push: number, changed: Iterable<string>): Commit => ({
    branch: "main",
    message: `Push ${push}`,
    time: 1_700_000_000 + 3600 * push,
    changes: [...changed].map((path) => ({ path, text: files.get(path) ?? "" })),
  });
  function* commits(): Generator<Commit> {
    yield commit(0, files.keys());
    for (let push = 1; push <= pushes; push++) {
      const edit = edits[push % edits.length];
      if (edit !== undefined) yield commit(push, [edit(push, files)]);
    }
  }
  const repository = await Sandbox.create();
  await repository.git("init", "--quiet", "--initial-branch=main");
  await fastImport(repository.path, commits());
  await repository.git("reset", "--quiet", "--hard");
  return repository;
}
