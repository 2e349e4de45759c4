/** What must not compile of a whole workflow, and what it is written as where it does. */
import assert from "node:assert/strict";
import { callWorkflow } from "../../src/workflow/call_workflow.ts";
import { validateWorkflow } from "../../src/workflow/check_workflow.ts";
import { secret } from "../../src/workflow/github_context.ts";
import { job } from "../../src/workflow/job.ts";
import { run } from "../../src/workflow/step.ts";
import { script } from "../../src/workflow/script.ts";
import { template } from "../../src/workflow/text.ts";
import { workflow } from "../../src/workflow/workflow.ts";

const base = { name: "Name", comment: "Why.", permissions: {} } as const;
const timed = { ...base, timeoutMinutes: 1 } as const;
const none = () => ({ steps: [] });

const build = workflow({
  file: ".github/workflows/build.yaml",
  name: "Build",
  on: {
    workflow_call: {
      inputs: {
        image: { description: "What to build", type: "string", required: true },
        push: { description: "Whether to push", type: "boolean" },
      },
      secrets: { KEY: { description: "What may push", required: true } },
    },
    workflow_dispatch: {
      inputs: {
        level: { description: "How much", type: "choice", options: ["some", "all"] },
        count: { description: "How many", type: "number" },
      },
    },
  },
  runName: ({ inputs }) => template`Build ${inputs.image}`,
  concurrency: ({ inputs }) => ({ group: inputs.image }),
  jobs: ({ inputs, secrets }) => {
    assert.equal(inputs.push.equals(true).text, "inputs.push == true");
    assert.equal(inputs.level.equals("all").text, "inputs.level == 'all'");
    assert.equal(inputs.count.equals(2).text, "inputs.count == 2");
    assert.equal(secrets.KEY.text, "secrets.KEY");
    // @ts-expect-error: push is not text
    assert.ok(inputs.push.equals("true"));
    // @ts-expect-error: the level is some or all
    assert.ok(inputs.level.equals("none"));
    // @ts-expect-error: the input is called image
    assert.equal(inputs.imagee, undefined);
    // @ts-expect-error: the secret is called KEY
    assert.equal(secrets.KYE, undefined);
    const write = run({
      name: "W",
      id: "w",
      outputs: ["digest"],
      env: { IMAGE: inputs.image },
      script: () => script`true`,
    });
    const outputs = { digest: write.outputs.digest };
    return [job("build", { ...timed, steps: () => ({ steps: [write], outputs }) })];
  },
  outputs: ({ jobs }) => {
    // @ts-expect-error: the output is called digest
    assert.equal(jobs.build.outputs.digets, undefined);
    // @ts-expect-error: the job is called build
    assert.equal(jobs.biuld, undefined);
    return { digest: jobs.build.outputs.digest };
  },
});

Deno.test("workflow() gives handles for inputs, secrets and the outputs of its jobs", () => {
  assert.deepEqual(validateWorkflow(build), []);
  assert.equal(build.outputs?.digest?.text, "jobs.build.outputs.digest");
});

Deno.test("callWorkflow() does not compile with what the workflow does not take or give", () => {
  const call = callWorkflow("call", {
    ...base,
    workflow: build,
    with: () => ({ image: "hub", push: true }),
    secrets: () => ({ KEY: secret("KEY") }),
  });
  job("reader", {
    ...timed,
    needs: [call],
    steps: ({ needs }) => {
      assert.equal(needs.call.outputs.digest.text, "needs.call.outputs.digest");
      // @ts-expect-error: the output is called digest
      assert.equal(needs.call.outputs.digets, undefined);
      return { steps: [] };
    },
  });
  const secrets = () => ({ KEY: secret("KEY") });
  // @ts-expect-error: the image is required
  callWorkflow("call", { ...base, workflow: build, secrets });
  // @ts-expect-error: the image is required
  callWorkflow("call", { ...base, workflow: build, secrets, with: () => ({ push: true }) });
  // @ts-expect-error: the secret is required
  callWorkflow("call", { ...base, workflow: build, with: () => ({ image: "hub" }) });
  callWorkflow("call", {
    ...base,
    workflow: build,
    secrets,
    // @ts-expect-error: push is not text
    with: () => ({ image: "hub", push: "yes" }),
  });
  callWorkflow("call", {
    ...base,
    workflow: build,
    secrets,
    // @ts-expect-error: the workflow has no such input
    with: () => ({ image: "hub", tag: "x" }),
  });
});

Deno.test("callWorkflow() knows a workflow of another repository by what is said of it", () => {
  const call = callWorkflow("call", {
    ...base,
    workflow: {
      uses: { kind: "locked", name: "a/b/.github/workflows/c.yaml" },
      on: { workflow_call: { inputs: { tag: { description: "T", type: "number" } } } },
      outputs: ["digest"],
    } as const,
    matrix: () => ({ os: ["a"] }),
    with: ({ matrix }) => {
      // @ts-expect-error: the matrix has os alone
      assert.equal(matrix.arch, undefined);
      return { tag: 1 };
    },
  });
  job("reader", {
    ...timed,
    needs: [call],
    steps: ({ needs }) => {
      assert.equal(needs.call.outputs.digest.text, "needs.call.outputs.digest");
      // @ts-expect-error: the output is called digest
      assert.equal(needs.call.outputs.tag, undefined);
      return { steps: [] };
    },
  });
});

Deno.test("job() does not compile with a value of a matrix that is not there, or is another", () => {
  job("vectors", {
    ...timed,
    env: { REGION: "x" },
    matrix: () => ({
      os: ["linux", "windows"],
      python: [3.12, 3.13],
      include: [{ os: "macos", python: 3.14, slow: true }],
    }),
    steps: ({ matrix, env }) => {
      assert.equal(matrix.os.equals("macos").text, "matrix.os == 'macos'");
      assert.equal(matrix.python.equals(3.13).text, "matrix.python == 3.13");
      assert.equal(matrix.slow.equals(true).text, "matrix.slow == true");
      assert.equal(env.REGION.text, "env.REGION");
      // @ts-expect-error: the names are os, python and slow
      assert.equal(matrix.ruby, undefined);
      // @ts-expect-error: there is no leg for solaris
      assert.ok(matrix.os.equals("solaris"));
      // @ts-expect-error: a version is a number
      assert.ok(matrix.python.equals("3.13"));
      // @ts-expect-error: the variable is called REGION
      assert.equal(env.REGOIN, undefined);
      return { steps: [] };
    },
  });
  job("legs", {
    ...timed,
    matrix: () => ({ include: [{ hub: "a" }, { hub: "b", slow: true }] }),
    steps: ({ matrix }) => {
      assert.equal(matrix.hub.equals("b").text, "matrix.hub == 'b'");
      assert.equal(matrix.slow.text, "matrix.slow");
      // @ts-expect-error: the names are hub and slow
      assert.equal(matrix.jobs, undefined);
      return { steps: [] };
    },
  });
  assert.equal(job("none", { ...timed, steps: none }).model.matrix, undefined);
});
