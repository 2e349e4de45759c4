/**
 * Whether the generated workflows allow hubwright anything beyond what it needs. A program in the
 * place of hubwright, started by the generated step, says what it may do.
 */
import assert from "node:assert/strict";
import { copyExample, Sandbox } from "../cli/sandbox.ts";
import { EMPTY_REPOSITORY } from "../git/temp_repository.ts";
import { type Call, CALLS, ENTRY } from "./call.ts";
import { OUTPUT, runCall, SUMMARY } from "./run.ts";
import { makeScenarios } from "./scenarios.ts";

/** What each step may do. `CHECKOUT`, `TEMP` and `HOST` are known only when it runs. */
const PLAN = [
  "read CHECKOUT",
  "read CHECKOUT/hubwright.config.ts",
  "read CHECKOUT/config/clusters",
  `write TEMP/plan.json`,
  `write TEMP/${OUTPUT}`,
  `write TEMP/${SUMMARY}`,
  "run git",
  "net HOST",
  ...envOf("GITHUB_TOKEN", "GITHUB_EVENT_NAME", "GITHUB_REPOSITORY", "GITHUB_API_URL"),
  ...envOf("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_ACTIONS"),
];
const COMMENT = [
  "read TEMP/pr",
  "read TEMP/pr/plan.json",
  "net HOST",
  ...envOf("PLAN_ARTIFACT", "RUN_HEAD_SHA", "RUN_URL"),
  ...envOf("GITHUB_TOKEN", "GITHUB_REPOSITORY", "GITHUB_API_URL", "GITHUB_ACTIONS"),
];
const MAY: Readonly<Record<Call["command"], readonly string[]>> = {
  plan: PLAN,
  "plan with a ledger": [...PLAN, ...envOf("RERUN")],
  filter: [
    `write TEMP/${OUTPUT}`,
    `write TEMP/${SUMMARY}`,
    "net HOST",
    ...envOf("PROD_HUB_MATRIX_JOBS", "CANARY_CLUSTERS", "CANARY_RESULT", "CANARY_OUTPUTS"),
    ...envOf("GITHUB_RUN_ID", "GITHUB_RUN_ATTEMPT"),
    ...envOf("GITHUB_TOKEN", "GITHUB_REPOSITORY", "GITHUB_API_URL"),
    ...envOf("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_ACTIONS"),
  ],
  comment: COMMENT,
  "comment with a ledger": [...COMMENT, ...envOf("LEDGER_ENVIRONMENT")],
  task: [
    "read CHECKOUT",
    "read CHECKOUT/hubwright.config.ts",
    "read CHECKOUT/config/clusters",
    "write TEMP/plan.json",
    `write TEMP/${OUTPUT}`,
    `write TEMP/${SUMMARY}`,
    "run git",
    ...envOf("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_ACTIONS"),
  ],
  guard: [
    "net HOST",
    ...envOf("LEDGER", "GITHUB_RUN_ID", "GITHUB_ACTIONS"),
    ...envOf("GITHUB_TOKEN", "GITHUB_REPOSITORY", "GITHUB_API_URL"),
  ],
  report: [
    `write TEMP/${OUTPUT}`,
    `write TEMP/${SUMMARY}`,
    "net HOST",
    ...envOf("LEDGER", "GITHUB_RUN_ID", "GITHUB_RUN_ATTEMPT", "GITHUB_WORKFLOW"),
    ...envOf("GITHUB_TOKEN", "GITHUB_REPOSITORY", "GITHUB_API_URL", "GITHUB_SERVER_URL"),
    ...envOf("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_ACTIONS"),
  ],
  outdate: [
    "net HOST",
    ...envOf("PULL_REQUEST", "GITHUB_TOKEN", "GITHUB_REPOSITORY"),
    ...envOf("GITHUB_API_URL", "GITHUB_SERVER_URL", "GITHUB_ACTIONS"),
  ],
};

/** What no step may do: the neighbours of what some may, and whole kinds. */
const MUST_NOT: readonly string[] = [
  ...["read", "write", "run", "net", "env", "sys", "ffi", "import"],
  ...["/", "/etc/passwd", "CHECKOUT/..", "TEMP", "TEMP/event.json", `TEMP/${OUTPUT}`]
    .map((path) => `read ${path}`),
  ...["/", "/etc/passwd", "CHECKOUT", "CHECKOUT/hubwright.config.ts", "CHECKOUT/.git/config"]
    .map((path) => `write ${path}`),
  ...["TEMP", "TEMP/pr", "TEMP/plan.json.bak", "TEMP/_runner_file_commands"]
    .map((path) => `write ${path}`),
  ...["bash", "sh", "deno", "node", "curl", "/bin/sh", "git-lfs"].map((name) => `run ${name}`),
  ...["api.github.com", "deno.land", "127.0.0.1", "127.0.0.1:1"].map((host) => `net ${host}`),
  ...envOf("HOME", "PATH", "GITHUB_ENV", "GITHUB_PATH", "ACTIONS_RUNTIME_TOKEN", "LABELS"),
  ...["hostname", "osRelease"].map((kind) => `sys ${kind}`),
];

function envOf(...names: readonly string[]): string[] {
  return names.map((name) => `env ${name}`);
}

const PROBE = `import asked from "./asked.json" with { type: "json" };
const KEYS = { read: "path", write: "path", run: "command", net: "host", env: "variable", sys: "kind" };
for (const [question, [name, value]] of Object.entries(asked)) {
  const { state } = Deno.permissions.querySync({ name, [KEYS[name]]: value });
  if (state === "granted") console.log(question);
}
`;

for (const call of CALLS) {
  Deno.test(`the step of "${call.command}" allows what is listed and nothing beyond`, async () => {
    await using stack = new AsyncDisposableStack();
    const [scenario = assert.fail()] = await makeScenarios(stack, call.command);
    await using checkout = await Sandbox.create({ [ENTRY]: PROBE });
    const questions = [...new Set([...Object.values(MAY).flat(), ...MUST_NOT])];
    const { code, out, err } = await runCall(call, {
      ...scenario,
      checkout,
      prepare: async (api, temp) => {
        const asked = questions.map((question) => {
          const [name, value] = question.replace("CHECKOUT", checkout.path)
            .replace(/\bTEMP\b/, temp.path).replace("HOST", new URL(api.url).host).split(" ");
          return [question, [name, value]];
        });
        const file = ENTRY.replace("hubwright.js", "asked.json");
        await checkout.write(file, JSON.stringify(Object.fromEntries(asked)));
      },
    });
    assert.deepEqual({ code, err }, { code: 0, err: "" });
    assert.deepEqual(out.trim().split("\n").sort(), [...MAY[call.command]].sort());
  });
}

/**
 * What a config could try that runs in a stranger's pull request. Git starts other programs, and
 * Deno follows the links of a checkout: both are why that job has no secret and may write nothing.
 */
const ATTEMPTS: Readonly<Record<string, string>> = {
  "read the checkout": 'Deno.readTextFileSync("README.md")',
  "start git": 'new Deno.Command("git", { args: ["--version"] }).outputSync()',
  "read the machine": 'Deno.readTextFileSync("/etc/passwd")',
  "follow a link out of the checkout": 'Deno.readTextFileSync("passwd")',
  "change the checkout": 'Deno.writeTextFileSync("README.md", "pwned")',
  "change the environment of later steps": 'Deno.writeTextFileSync("env", "PATH=/tmp")',
  "read a variable": 'Deno.env.get("PATH")',
  "read all variables": "Deno.env.toObject()",
  "start a shell": 'new Deno.Command("bash", { args: ["-c", "true"] }).outputSync()',
  "listen": 'Deno.listen({ hostname: "127.0.0.1", port: 0 }).close()',
  "reach another host": 'await fetch("http://127.0.0.1:9/")',
  "load code from elsewhere": 'await import("https://deno.land/x.ts")',
  "load code that it carries": 'await import("data:text/javascript,export default 1")',
};

Deno.test('a config can do in the step of "plan" what the step can, and nothing else', async () => {
  const [call = assert.fail()] = CALLS;
  await using stack = new AsyncDisposableStack();
  const [scenario = assert.fail()] = await makeScenarios(stack, call.command);
  await using checkout = await copyExample("infrastructure", EMPTY_REPOSITORY);
  await Deno.symlink("/etc/passwd", checkout.join("passwd"));
  const attempts = Object.entries(ATTEMPTS).map(([what, code]) =>
    `try { ${code}; done.push(${JSON.stringify(what)}); } catch {}`
  );
  await checkout.write(
    "hubwright.config.ts",
    `const done = [];\n${attempts.join("\n")}\nthrow new Error(done.join("; "));\n`,
  );
  const { err } = await runCall(call, { ...scenario, checkout });
  const [, done = ""] = /Cannot load it: it threw "(.*)"$/m.exec(err) ?? [];
  assert.deepEqual(done.split("; "), [
    "read the checkout",
    "start git",
    "follow a link out of the checkout",
    "load code that it carries",
  ], err);
  assert.notEqual(await checkout.read("README.md"), "pwned");
});
