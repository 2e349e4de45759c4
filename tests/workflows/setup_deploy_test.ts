import assert from "node:assert/strict";
import { load } from "js-yaml";
import { emitAction } from "../../src/workflow/action.ts";
import { validateWorkflow } from "../../src/workflow/check_workflow.ts";
import { OWN_PINS } from "../../src/workflow/own_lock.ts";
import { pinStep } from "../../src/workflow/pin_workflow.ts";
import { PROVIDERS, setupDeploy } from "../../workflows/setup_deploy.ts";
import { tempFolder } from "../temp_folder.ts";
import { runProgram } from "../run_program.ts";
import { jobModel, startedOn, workflowModel } from "../workflow/models.ts";
import { LOCK } from "./repositories.ts";

interface Step extends Readonly<Partial<Record<"if" | "uses" | "run" | "shell", string>>> {
  readonly name: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const model = setupDeploy("pip install .");
const text = emitAction(model, LOCK);
const { inputs, runs } = load(text) as Action;

function stepNamed(name: string): Step {
  const step = runs.steps.find((step) => step.name === name);
  assert.ok(step, name);
  return step;
}

Deno.test("setupDeploy() passes the rules that hold for the steps of a job", () => {
  const steps = model.steps.map((step) => pinStep(step, LOCK));
  const inputs = Object.fromEntries(
    Object.keys(model.inputs).map((name) => [name, { description: "", type: "string" } as const]),
  );
  const permissions = { "id-token": { access: "write", why: "to sign in to a cloud" } } as const;
  const workflow = workflowModel(jobModel("action", { steps, permissions }));
  assert.deepEqual(validateWorkflow(startedOn({ workflow_call: { inputs } }, workflow)), []);
  assert.equal(runs.using, "composite");
});

Deno.test("setupDeploy() pins its actions, gives scripts a shell, and reads what it describes", () => {
  const pins = [...OWN_PINS].map(([name, { commit }]) => `${name}@${commit}`);
  const used = runs.steps.flatMap(({ uses }) => uses ?? []);
  assert.ok(used.length > 5);
  assert.deepEqual(used.filter((name) => !pins.includes(name)), []);
  for (const { run, shell } of runs.steps) assert.equal(shell, run && "bash");
  for (const [name, { description }] of Object.entries(inputs)) {
    assert.notEqual(description, "");
    assert.ok(text.includes(`inputs.${name}`), name);
  }
});

Deno.test("setupDeploy() signs in by identity or by key for each cloud", () => {
  const signingIn = runs.steps.filter(({ name }) => name.startsWith("Sign in"));
  for (const provider of ["gcp", "aws", "azure"]) {
    const own = signingIn.filter((step) => step.if?.includes(`inputs.provider == '${provider}'`));
    assert.equal(own.length, 2, provider);
  }
});

Deno.test("setupDeploy() refuses a provider that it does not know", async () => {
  const { run = "" } = stepNamed("Refuse an unknown provider");
  for (const provider of [...PROVIDERS, "", "gcp; touch x"]) {
    const { code, err } = await runProgram("bash", ["-c", run], { env: { PROVIDER: provider } });
    const known = PROVIDERS.some((name) => name === provider);
    assert.equal(code, known ? 0 : 1, provider);
    assert.equal(/expected gcp, aws, azure, kubeconfig/.test(err), !known);
  }
});

Deno.test("setupDeploy() writes secrets as they are, into files of their owner alone", async () => {
  await using home = await tempFolder();
  const secret = "a: $(touch x) \"b\"\n'c'";
  const written = [
    ["Write the kubeconfig", "CONFIG", ".kube/config"],
    ["Give sops its age key", "AGE_KEY", ".config/sops/age/keys.txt"],
  ] as const;
  for (const [name, variable, path] of written) {
    const { run = "" } = stepNamed(name);
    const env = { HOME: home.path, [variable]: secret };
    const { code, err } = await runProgram("bash", ["-euo", "pipefail", "-c", run], {
      env,
      cwd: home.path,
    });
    assert.equal(code, 0, err);
    assert.equal(await Deno.readTextFile(`${home.path}/${path}`), `${secret}\n`);
    const { mode } = await Deno.stat(`${home.path}/${path}`);
    assert.equal((mode ?? 0) & 0o777, 0o600);
  }
});

Deno.test("setupDeploy() installs sops only where its digest is the right one", async () => {
  await using folder = await tempFolder({
    "bin/curl": '#!/bin/sh\nprintf sops > "$RUNNER_TEMP/sops"\n',
    "bin/sudo": '#!/bin/sh\ntouch "$RUNNER_TEMP/installed"\n',
  });
  for (const name of ["curl", "sudo"]) await Deno.chmod(`${folder.path}/bin/${name}`, 0o755);
  const { run = "" } = stepNamed("Set up sops");
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode("sops"));
  const right = new Uint8Array(digest).toHex();
  for (const [sha, code] of [["0".repeat(64), 1], [right, 0]] as const) {
    const ran = await runProgram("bash", ["-euo", "pipefail", "-c", run], {
      env: {
        PATH: `${folder.path}/bin:${Deno.env.get("PATH")}`,
        RUNNER_TEMP: folder.path,
        VERSION: "1",
        SHA256: sha,
      },
    });
    assert.equal(ran.code, code, ran.err);
    const names = Array.from(Deno.readDirSync(folder.path), ({ name }) => name);
    assert.equal(names.includes("installed"), code === 0);
  }
});

Deno.test("setupDeploy() fails where it is not known how the deployer is installed", async () => {
  const step = setupDeploy().steps.find(({ name }) => name === "Install the deployer");
  assert.ok(step?.kind === "run");
  assert.equal((await runProgram("bash", ["-c", step.run.text])).code, 1);
});
