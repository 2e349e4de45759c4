import assert from "node:assert/strict";
import { parseArgs } from "../../src/cli/parse_args.ts";
import { readOptions } from "../../src/cli/read_values.ts";
import { parseConfig } from "../../src/config/settings.ts";
import { askedFor } from "../../src/contract/asked_options.ts";
import { planCommand } from "../../src/contract/plan.ts";
import { readRecord } from "../../src/ledger/deployments.ts";
import { LedgerRecord, OWED_OUTCOMES } from "../../src/ledger/ledger_record.ts";
import { selectionProblems } from "../../src/ledger/selection.ts";
import { RELEASE_STATES } from "../../src/ledger/fleet_status.ts";
import { buildRules } from "../../src/plan/rules.ts";
import { deployHubs } from "../../workflows/deploy_hubs.ts";
import { connectTo } from "../github/connected.ts";
import { FakeGitHub } from "../github/fake_github.ts";
import { wrongRequest } from "../github/published_api.ts";

const page = await Deno.readTextFile(new URL("../../docs/ledger.md", import.meta.url));
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`^ *\`\`\`${language}\\n([\\s\\S]*?)^ *\`\`\`$`, "gm"))]
    .map(([, text = ""]) => text);
const lines = blocks("sh").flatMap((block) => block.split("\n").map((line) => line.trim()));

const SETTINGS = parseConfig({ ledger: { since: "a".repeat(40) } }, "hubwright.config.ts");

Deno.test("docs/ledger.md shows a record that hubwright reads", () => {
  const [record, ...others] = blocks("json");
  assert.equal(others.length, 0);
  LedgerRecord.parse(JSON.parse(record ?? ""));
});

Deno.test("docs/ledger.md shows a command that writes a record which hubwright reads", async () => {
  const [, path = "", body = ""] =
    /^gh api --method POST '([^']+)' --input - <<'JSON'\n([\s\S]+?)^JSON$/m.exec(page) ?? [];
  const call = { method: "POST", path: absolute(path), query: "", body };
  assert.equal(wrongRequest(call), undefined);
  await using fake = new FakeGitHub();
  const { ref, task, environment, payload } = JSON.parse(body);
  fake.deployments.add(payload, { sha: ref, task, environment });
  const { environment: chosen = "" } = SETTINGS.ledger ?? {};
  const stored = await readRecord(connectTo(fake).github, { environment: chosen });
  assert.deepEqual(stored?.record, payload);
});

Deno.test("docs/ledger.md shows commands that read the records which hubwright reads", async () => {
  const paths = lines.flatMap((line) => /^gh api '([^']+)' --jq '[^']+'$/.exec(line)?.[1] ?? []);
  assert.equal(paths.length, 2);
  await using fake = new FakeGitHub();
  await readRecord(connectTo(fake).github, { environment: "hubs" });
  const asked = new URLSearchParams(fake.requests[0]?.query);
  for (const text of paths) {
    const { pathname: path, search: query } = new URL(absolute(text), "http://localhost");
    assert.equal(wrongRequest({ method: "GET", path, query, body: "" }), undefined);
    const given = new URLSearchParams(query);
    for (const name of ["environment", "task"]) assert.equal(given.get(name), asked.get(name));
  }
});

Deno.test("docs/ledger.md shows configs that can be used", () => {
  const configs = blocks("ts");
  assert(configs.length > 1);
  for (const text of configs) {
    const [, config = ""] = /defineConfig\(([\s\S]+)\);/.exec(text) ?? [];
    parseConfig(Function(`return ${config}`)(), "config.ts");
  }
});

Deno.test("docs/ledger.md starts the workflow with inputs that it has, and that plan reads", () => {
  const starts = lines.filter((line) => line.startsWith("gh workflow run "));
  assert(starts.length > 1);
  const hubs = ["staging", "plankton"].map((release) => ({ cluster: "lake", release }));
  for (const line of starts) {
    const inputs = [...line.matchAll(/ -f ([\w-]+)=('[^']*'|\S+)/g)]
      .map(([, name, value = ""]) => `--${name}=${value.replaceAll("'", "")}`);
    const options = readOptions(planCommand, parseArgs(planCommand, inputs));
    const asked = askedFor(options, "workflow_dispatch");
    assert.deepEqual(selectionProblems(asked ?? { releases: [] }, hubs), [], line);
  }
  const { on } = deployHubs(SETTINGS, [], buildRules(SETTINGS, []));
  const names = Object.keys(on.workflow_dispatch?.inputs ?? {});
  assert.deepEqual(rowsBelow(/^\| input/).map(([name = ""]) => name.slice(1, -1)), names);
});

Deno.test("docs/ledger.md lists the permissions that each job has because of the ledger", () => {
  const { jobs } = deployHubs(SETTINGS, [], buildRules(SETTINGS, []));
  const rows = rowsBelow(/^\| job/).map((row) => row.map((cell) => cell.replaceAll("`", "")));
  const listed = rows.map(([, permission], index) => {
    const job = rows.slice(0, index + 1).findLast(([name]) => name !== "")?.[0];
    return `${job} ${permission}`;
  });
  const without = parseConfig({}, "config.ts");
  const before = permissionsOf(deployHubs(without, [], buildRules(without, [])).jobs);
  const added = permissionsOf(jobs).filter((permission) => !before.includes(permission))
    .map((text) => text.replace(/^upgrade-\S+/, "the legs"));
  assert.deepEqual(
    added.filter((permission) => !listed.includes(permission)),
    ["report-deployment contents: read"],
  );
  const writers = jobs.filter(({ permissions }) => permissions.deployments?.access === "write");
  assert.deepEqual(writers.map(({ id }) => id), ["report-deployment"]);
});

Deno.test("docs/ledger.md says what each outcome and each state means", () => {
  assert.deepEqual(
    rowsBelow(/^\| `outcome`/).map(([name = ""]) => name.slice(1, -1)),
    [...OWED_OUTCOMES],
  );
  const states = rowsBelow(/^\| what `status` says/).map(([state]) => state).join("\n");
  for (const state of RELEASE_STATES.filter((state) => state !== "current")) {
    assert.match(states, new RegExp(`\`${state}\``));
  }
});

function absolute(path: string): string {
  return `/${path.replace("{owner}/{repo}", "octo/infrastructure")}`;
}

function permissionsOf(jobs: ReturnType<typeof deployHubs>["jobs"]): readonly string[] {
  return jobs.flatMap(({ id, permissions }) =>
    Object.entries(permissions).map(([name, permission]) => `${id} ${name}: ${permission?.access}`)
  );
}

/** The cells of the rows below the heading of a table. */
function rowsBelow(heading: RegExp): readonly (readonly string[])[] {
  const all = page.split("\n");
  const start = all.findIndex((line) => heading.test(line));
  assert(start >= 0, String(heading));
  const after = all.slice(start + 2);
  return after.slice(0, after.findIndex((line) => !line.startsWith("|")))
    .map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()));
}
