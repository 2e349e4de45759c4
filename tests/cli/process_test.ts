/** hubwright as a process of its own, with few permissions. */
import assert from "node:assert/strict";
import { generateCommand } from "../../src/tools/generate.ts";
import { planCommand } from "../../src/contract/plan.ts";
import { runHubwright } from "./process.ts";
import { earth, smallRepository } from "./repository.ts";
import { ROOT } from "./sandbox.ts";

const envOf = ({ variables }: { readonly variables: object }) =>
  `--allow-env=${Object.keys(variables).join(",")}`;

Deno.test("plan says which permission it lacks", async () => {
  await using folder = await smallRepository();
  const { code, out, err } = await runHubwright({
    cwd: folder.path,
    permissions: [envOf(planCommand)],
    args: ["plan", "--changed-files", earth("cluster.yaml")],
  });
  assert.deepEqual({ code, out }, { code: 1, out: "" });
  assert.match(err, /^Cannot go on: Requires read access to .*--allow-read/);
  assert.equal(err.trimEnd().split("\n").length, 1);
});

Deno.test("plan reads the standard input", async () => {
  await using folder = await smallRepository();
  const { code, out, err } = await runHubwright({
    cwd: folder.path,
    permissions: ["--allow-read=.", envOf(planCommand)],
    args: ["plan", "--changed-files-from", "-", "--format", "json"],
  }, `${earth("prod.values.yaml")}\n`);
  assert.deepEqual({ code, err }, { code: 0, err: "" });
  assert.equal(JSON.parse(out).prod.length, 1);
});

Deno.test("generate needs to read the repository and to write one folder", async () => {
  await using folder = await smallRepository({ "hubwright.config.ts": "export default {};\n" });
  await Deno.mkdir(folder.join(".github"));
  const reading = ["--allow-read=.", envOf(generateCommand)];
  const permissions = [...reading, "--allow-write=.github"];
  const written = await runHubwright({ cwd: folder.path, permissions, args: ["generate"] });
  assert.deepEqual(written, {
    code: 0,
    out: "Wrote .github/workflows/.gitattributes\n" +
      "Wrote .github/workflows/comment-deployment-plan-pr.yaml\n" +
      "Wrote .github/workflows/deploy-hubs.yaml\n",
    err: "",
  });
  const checked = await runHubwright({
    cwd: folder.path,
    permissions: reading,
    args: ["generate", "--check"],
  });
  assert.deepEqual(checked, { code: 0, out: "3 generated files are up to date.\n", err: "" });
});

Deno.test("main() ends a process with its exit code, and needs no permission for help", async () => {
  const bare = { cwd: ROOT, permissions: [] };
  const [help, version, unknown] = await Promise.all([
    runHubwright({ ...bare, args: ["plan", "--help"] }),
    runHubwright({ ...bare, args: ["--version"] }),
    runHubwright({ ...bare, args: ["paln"] }),
  ]);
  assert.deepEqual([help.code, help.err], [0, ""]);
  assert.match(help.out, /--plan-file FILE/);
  assert.deepEqual([version.code, version.err], [0, ""]);
  assert.equal(unknown.code, 2);
  assert.match(unknown.err, /did you mean "plan"\?/);
});
