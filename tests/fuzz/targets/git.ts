import fc from "fast-check";
import { hubwright } from "../../cli/fake_io.ts";
import { Sandbox } from "../../cli/sandbox.ts";
import { fastImport } from "../../git/fast_import.ts";
import { withoutConflicts } from "../../hostile/repository.ts";
import { type ClusterFolder, CLUSTERS_DIR, SMALL_CLUSTERS } from "../cluster_case.ts";
import { bytesOf, type Content, contents } from "../content.ts";
import { HOSTILE_NAMES, HOSTILE_TEXTS } from "../hostile.ts";
import { orderly } from "../orderly.ts";
import { checkPlan, readableClusters, readPrintedPlan } from "../plan_promises.ts";
import { type Target, target } from "../target.ts";
import { yamlTexts } from "../yaml_text.ts";

const FILES: ReadonlyMap<string, string> = new Map(Object.entries({
  ...Object.fromEntries(
    Object.entries(SMALL_CLUSTERS)
      .map(([name, text]) => [`${CLUSTERS_DIR}/${name}/cluster.yaml`, text]),
  ),
  "helm-charts/basehub/Chart.yaml": "name: basehub\nversion: 1.0.0\n",
  "helm-charts/basehub/.helmignore": "*.md\n/docs/\n",
  "helm-charts/daskhub/Chart.yaml": "name: daskhub\nversion: 1.0.0\ndependencies:\n" +
    "  - name: basehub\n    version: 1.0.0\n    repository: file://../basehub\n",
  "deployer/deploy.py": "",
  [`${CLUSTERS_DIR}/earth/prod.values.yaml`]: "a: 1\n",
}));

const hostilePath = fc.tuple(
  fc.constantFrom("", "helm-charts/", "helm-charts/basehub/", `${CLUSTERS_DIR}/`),
  fc.constantFrom(...HOSTILE_NAMES),
  fc.constantFrom("", "/cluster.yaml", "/Chart.yaml", "/.helmignore"),
).map((parts) => parts.join(""));

const path = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...FILES.keys()) },
  { weight: 1, arbitrary: hostilePath },
);

interface Change {
  readonly path: string;
  readonly kind: "file" | "gone" | "link" | "submodule";
  readonly content: Content;
}

const FIRST = [...FILES].map(([path, text]): Change => ({ path, kind: "file", content: { text } }));

const change: fc.Arbitrary<Change> = path.chain((path) =>
  fc.record({
    path: fc.constant(path),
    kind: fc.constantFrom("file", "file", "file", "file", "gone", "link", "submodule"),
    content: contents(yamlTexts([FILES.get(path) ?? "# x\n"], 2)),
  })
);

const oddRef = fc.constantFrom(
  ...["0".repeat(40), "f".repeat(40), "HEAD^99", "case@{x}", ":/x", "case^{tree}", "a..b"],
  ...["--output=x", "-x", "case:deployer", "^case", "case\n", "@", "refs/heads/case"],
  ...HOSTILE_TEXTS.filter((text) => !text.includes("\0") && text.isWellFormed()),
);

const ref = (usual: string) =>
  fc.oneof({ weight: 12, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: oddRef });

const CONFIGS = {
  cluster: "export default {};\n",
  hub: 'export default { precision: "hub", rules: { fileKeys: ["override", "gcp.key"] } };\n',
};

export const gitTarget: Target = target({
  name: "commits, for plan",
  share: 5,
  cases: fc.record({
    base: fc.array(change, { maxLength: 2 }),
    head: fc.array(change, { minLength: 1, maxLength: 4 }),
    from: ref("case~1"),
    to: ref("case"),
    precision: fc.constantFrom<keyof typeof CONFIGS>("cluster", "hub"),
  }),
  open: async (_, stack) => {
    const folder = stack.use(await Sandbox.create());
    await folder.git("init", "--quiet", "--initial-branch=main");
    await folder.commit("First");
    for (const [name, text] of Object.entries(CONFIGS)) await folder.write(`${name}.ts`, text);
    return async ({ base, head, from, to, precision }) => {
      const commits = [possible([...FIRST, ...base]), possible(head)];
      await fastImport(
        folder.path,
        commits.map((changes) => ({
          branch: "case",
          changes: changes.map((change) => ({ ...change, text: bytesOf(change.content) })),
        })),
      );
      const ran = await hubwright([
        ...["plan", `--repo=${folder.path}`, `--config=${folder.path}/${precision}.ts`],
        ...[`--base=${from}`, `--head=${to}`, "--format=json"],
      ]);
      const names = (line: string) =>
        /^(?:config\/clusters|helm-charts)(?:\/.*)?: |--base|--head|git|forked off/.test(line);
      if (orderly(ran, { names }) === "refused") return "refused";
      const plan = readPrintedPlan(ran.out);
      if (to === "case") {
        checkPlan(plan, readableClusters(clustersAfter([...FIRST, ...base, ...head])));
      }
      return "accepted";
    };
  },
});

/** A path cannot be a file and a folder in one commit. */
function possible(changes: readonly Change[]): readonly Change[] {
  const kept = new Map(changes.map((change) => [change.path, change]));
  const paths = new Set(withoutConflicts([...kept.keys()]));
  return [...kept.values()].filter(({ path }) => paths.has(path));
}

function clustersAfter(changes: readonly Change[]): readonly ClusterFolder[] {
  const files = new Map<string, Content>();
  for (const { path, kind, content } of changes) {
    if (kind === "gone" || kind === "submodule") files.delete(path);
    else files.set(path, content);
  }
  return [...files].flatMap(([path, file]) => {
    const [, name] = new RegExp(`^${CLUSTERS_DIR}/([^/]+)/cluster\\.yaml$`).exec(path) ?? [];
    return name === undefined ? [] : [{ name, file }];
  });
}
