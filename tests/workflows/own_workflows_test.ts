import assert from "node:assert/strict";
import { load } from "js-yaml";
import { UserError } from "../../src/errors.ts";
import type { WorkflowModel } from "../../src/workflow/model.ts";
import { run, uses } from "../../src/workflow/step.ts";
import { script } from "../../src/workflow/script.ts";
import { job } from "../../src/workflow/job.ts";
import { GENERATED } from "../../workflows/header.ts";
import { EXAMPLE } from "./example.ts";
import { filesOf } from "./repositories.ts";

function workflowOf(name: string, file = ".github/workflows/own.yaml"): WorkflowModel {
  const own = job("own", {
    name: "Own",
    comment: "Says hello.",
    permissions: {},
    timeoutMinutes: 5,
    steps: () => ({ steps: [run({ name: "Greet", script: () => script`echo hello` })] }),
  });
  return { file, name, header: "", on: { workflow_dispatch: { inputs: {} } }, jobs: [own.model] };
}

const generate = (workflows: unknown) =>
  filesOf(
    { ...EXAMPLE.settings, workflows: workflows as typeof EXAMPLE.settings.workflows },
    EXAMPLE.clusters,
  );

function problemsOf(workflows: unknown): string {
  try {
    generate(workflows);
  } catch (error) {
    if (error instanceof UserError) return error.problems.map(({ message }) => message).join("\n");
    throw error;
  }
  return "";
}

Deno.test("addOwn generates a workflow of the config beside the others, and marks it", () => {
  const files = generate([{ ...workflowOf("Own"), header: "Says hello." }]);
  const own = files.find(({ path }) => path === ".github/workflows/own.yaml") ?? assert.fail();
  assert.ok(own.text.startsWith(`# ${GENERATED}`));
  assert.match(own.text, /^# Says hello\.$/m);
  assert.equal(own.workflow.name, "Own");
  const attributes = files.find(({ path }) => path.endsWith("/.gitattributes"));
  assert.match(attributes?.text ?? "", /^\/own\.yaml linguist-generated/m);
  assert.ok(files.some(({ path }) => path.endsWith("/deploy-hubs.yaml")));
});

Deno.test("addOwn tells a function the names of clusters and hubs", () => {
  const files = generate((clusters: readonly { name: string; hubs: readonly unknown[] }[]) =>
    clusters.map(({ name, hubs }) =>
      workflowOf(`${name} with ${hubs.length} hubs`, `.github/workflows/${name}.yaml`)
    )
  );
  for (const { name, hubs } of EXAMPLE.clusters) {
    const file = files.find(({ path }) => path === `.github/workflows/${name}.yaml`);
    assert.equal(Object(load(file?.text ?? "")).name, `${name} with ${hubs.length} hubs`);
  }
});

Deno.test("addOwn refuses two workflows of one file, its own files among them", () => {
  const two = [workflowOf("A"), workflowOf("B")];
  assert.match(problemsOf(two), /Cannot write 2 workflows to "\.github\/workflows\/own\.yaml"/);
  const taken = workflowOf("A", ".github/workflows/deploy-hubs.yaml");
  assert.match(problemsOf([taken]), /Cannot write 2 workflows to \S+deploy-hubs\.yaml"/);
});

Deno.test("addOwn refuses a workflow that is called like one of its own", () => {
  const { name } = EXAMPLE.settings;
  assert.match(problemsOf([workflowOf(name)]), /^Cannot call the workflow "\S+own\.yaml" "Deploy/);
});

Deno.test("addOwn refuses what is not a workflow, and says what a function threw", () => {
  const shapeless = { ...workflowOf("A"), jobs: [{ id: "a" }] };
  assert.match(problemsOf([shapeless]), /^Cannot read the workflow "\S+own\.yaml" of "workflows"/);
  const [own] = workflowOf("A").jobs;
  const unwritable = { ...workflowOf("A"), jobs: [{ ...own, env: { WHO: () => "me" } }] };
  assert.match(problemsOf([unwritable]), /own\.yaml" of "workflows": Cannot write a function;/);
  assert.match(problemsOf(() => "ci"), /expected a list of workflows .*, found the text "ci"$/);
  assert.match(
    problemsOf(() => {
      throw new Error("no");
    }),
    /^Cannot make the workflows of "workflows": it threw ".*no"$/,
  );
});

Deno.test("addOwn holds a workflow of the config to the lint rules", () => {
  const step = uses({ name: "Act", uses: { kind: "locked", name: "some/action" } });
  const workflow = workflowOf("A");
  const jobs = workflow.jobs.map((job) => ({ ...job, steps: [step.model] }));
  assert.match(problemsOf([{ ...workflow, jobs }]), /some\/action/);
});
