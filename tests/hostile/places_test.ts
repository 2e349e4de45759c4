/** Hostile texts wherever one goes into a command line: its words, its variables, its labels. */
import assert from "node:assert/strict";
import { selectionProblems } from "../../src/ledger/selection.ts";
import { hubwright } from "../cli/fake_io.ts";
import { earth } from "../cli/repository.ts";
import { TOKEN } from "../github/fake_github.ts";
import { assertInertLine, assertInertLog } from "./inert.ts";
import { isForGit, NAMES } from "./names.ts";
import { type Played, Stage } from "./stage.ts";
import { Trap } from "./trap.ts";

/** A command line that a text went into. */
interface Line {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly links?: readonly string[];
  /** More about how it ends. */
  readonly check?: (played: Played) => void;
}

type Place = (text: string, stage: Stage, index: number) => Line | Promise<Line>;

const args = (of: (text: string, repo: string) => readonly string[]): Place => (text, stage) => ({
  args: of(text, stage.folder.path),
});

const PLAN = ["plan", "--changed-files=a"];

const WORDS: Readonly<Record<string, Place>> = {
  "a command": args((text) => [text]),
  "an argument": args((text) => ["plan", text]),
  "an option": args((text) => ["plan", `--${text}`]),
  "an option with a value": args((text) => ["filter", `--${text}=x`]),
  "a value of an option without one": args((text) => ["generate", `--check=${text}`]),
  "--format": args((text) => [...PLAN, `--format=${text}`]),
  "--labels": args((text) => [...PLAN, `--labels=${text}`]),
  "--changed-files": args((text, repo) => ["plan", `--repo=${repo}`, `--changed-files=${text}`]),
  "--changed-files-from": args((text) => ["plan", `--changed-files-from=${text}`]),
  "--config": args((text, repo) => ["generate", "--check", `--repo=${repo}`, `--config=${text}`]),
  "--repo": args((text) => [...PLAN, `--repo=${text}`]),
  "--phase": args((text) => ["plan", "--releases=earth", `--phase=${text}`]),
  "--dry-run": args((text) => [...PLAN, `--dry-run=${text}`]),
  "--fail": args((text) => ["simulate", "--base=HEAD", `--fail=${text}`]),
  "--file": (text, { folder }, index) => ({
    args: [
      ...["explain", `--file=deployer/${text}`, `--repo=${folder.path}`],
      `--format=${index % 2 === 0 ? "text" : "json"}`,
    ],
  }),
};

const REVISIONS: Readonly<Record<string, Place>> = {
  "--base": args((text, repo) => ["plan", `--repo=${repo}`, `--base=${text}`]),
  "--head": args((text, repo) => ["plan", `--repo=${repo}`, "--base=HEAD^", `--head=${text}`]),
  "--repo for git": args((text) => ["plan", "--base=HEAD", `--repo=${text}`]),
};

const settled = ({ code, err }: Played) => assert.ok(code < 2, err);

const variableOf = (command: "plan" | "comment", name: string): Place => (text, stage) => {
  const value = name === "GITHUB_OUTPUT" ? stage.folder.join(`missing/${text}`) : text;
  const repo = [`--repo=${stage.folder.path}`, "--base=HEAD^", "--head=HEAD"];
  const env = { ...stage.commentEnv, GITHUB_EVENT_NAME: "push", [name]: value };
  const args = command === "plan" ? ["plan", ...repo] : ["comment"];
  return { args, env, links: name === "RUN_URL" ? [text] : [], check: settled };
};

const variablesOf = (command: "plan" | "comment", names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [`${name} of ${command}`, variableOf(command, name)]));

const ledgerOf = (command: "report" | "guard"): Place => (text, stage) => {
  const run = { GITHUB_RUN_ID: "1", GITHUB_RUN_ATTEMPT: "1", GITHUB_WORKFLOW: text };
  const env = { ...stage.commentEnv, ...run, GITHUB_SERVER_URL: "https://github.com" };
  return { args: [command], env: { ...env, LEDGER: text }, check: settled };
};

const VARIABLES = {
  ...variablesOf("comment", [
    ...["PLAN_ARTIFACT", "RUN_HEAD_SHA", "RUN_URL", "GITHUB_REPOSITORY"],
  ]),
  "LEDGER of report": ledgerOf("report"),
  "LEDGER of guard": ledgerOf("guard"),
};

/** Variables for which git or GitHub's API is asked. */
const ASKED = {
  ...variablesOf("plan", [
    ...["GITHUB_TOKEN", "GITHUB_EVENT_NAME", "GITHUB_REPOSITORY", "GITHUB_API_URL"],
    "GITHUB_OUTPUT",
  ]),
  ...variablesOf("comment", ["GITHUB_TOKEN", "LEDGER_ENVIRONMENT"]),
};

/** No process has a NUL among its arguments; an environment holds UTF-8. */
const inArguments = NAMES.filter(({ text }) => !text.includes("\0"));
const inVariables = inArguments.filter(({ text }) =>
  text.isWellFormed() && !/^https?:\/\/evil/i.test(text)
);

const LONG_LABEL = "`".repeat(10_000);

/** A stage with a commit that merged a pull request. */
async function inGit(): Promise<Stage> {
  const stage = await Stage.inGit();
  const { after } = stage;
  stage.github.addPullRequest({ number: 8, mergeCommitSha: after, commits: [after] });
  return stage;
}

/** The places, their texts, and which part of these each place takes: git and the API take time. */
for (
  const [places, texts, part] of [
    [WORDS, inArguments, 2],
    [REVISIONS, inArguments.filter(isForGit), 6],
    [VARIABLES, inVariables, 1],
    [ASKED, inVariables, 24],
  ] as const
) {
  for (const [at, [name, place]] of Object.entries(places).entries()) {
    // What would make git write a file, or start a program, is tried at each place.
    const isAnOrder = ({ tries, text }: typeof NAMES[number]) =>
      places === REVISIONS && tries === "be an option" && text.includes("PWNED");
    const names = texts.filter((name, index) => index % part === at % part || isAnOrder(name));
    Deno.test(`${name} takes hostile texts for text: ${names.length} tried`, async () => {
      const asksGit = places === REVISIONS || places === ASKED;
      await using stage = await (asksGit ? inGit() : Stage.set());
      if (places === VARIABLES) {
        const { code, comment } = await stage.run(["comment"], { env: stage.commentEnv });
        assert.ok(code === 0 && comment !== undefined, "without a hostile text all is well");
      }
      for (const [index, { text }] of names.entries()) {
        const armed = index % 2 === 0 ? stage.trap.arm(text) : stage.trap.armHere(text);
        const { args, check = () => {}, ...props } = await place(armed, stage, index);
        check(await stage.run(args, { ...props, inWorkflow: index % 3 === 0 }));
      }
    });
  }
}

/** Labels that a plan shows at once. */
const EFFECTS = [
  ...[["deploySupport", "deployHubs"], ["deploySupport", "skipDeployHubs"]],
  ["skipDeploy", "deployHubs"],
] as const;

Deno.test(`plan shows hostile labels of a config as text: ${NAMES.length + 1} tried`, async () => {
  await using stage = await Stage.set();
  const { folder, trap } = stage;
  const names = [...trap.names, LONG_LABEL];
  for (let at = 0; at < names.length; at += 2) {
    const some = names.slice(at, at + 2);
    const [effect, other] = EFFECTS[at % EFFECTS.length] ?? [];
    const labels = { [effect ?? ""]: some[0], [other ?? ""]: some[1] };
    const config = folder.join(`labels-${at}.config.js`);
    await Deno.writeTextFile(config, `export default ${JSON.stringify({ labels })};\n`);
    const format = ["table", "json", "markdown"][Math.floor(at / 6) % 3] ?? "";
    const { code, out, err } = await stage.run([
      ...["plan", `--repo=${folder.path}`, `--config=${config}`, "--format", format],
      ...["--changed-files", earth("cluster.yaml"), `--labels=${JSON.stringify(some)}`],
    ]);
    assert.deepEqual({ code, err }, { code: 0, err: "" });
    if (format === "table") assert.match(out, / label/);
  }
});

Deno.test(`selectionProblems() shows hostile releases as text: ${NAMES.length} tried`, async () => {
  await using trap = await Trap.set();
  const releases = trap.names.flatMap((name) => [name, `earth/${name}`]);
  const problems = selectionProblems({ releases }, [{ cluster: "earth", release: "prod" }]);
  assert.ok(problems.length > 700, String(problems.length));
  problems.forEach(assertInertLine);
});

Deno.test(`plan asks nothing of hostile labels that no config names: ${NAMES.length + 1} tried`, async () => {
  await using stage = await Stage.inGit();
  const { folder, github, trap, after } = stage;
  const labels = [...trap.names, LONG_LABEL];
  github.addPullRequest({ number: 8, mergeCommitSha: after, commits: [after], labels });
  const args = ["plan", `--repo=${folder.path}`, "--base=HEAD^", "--format=json"];
  const without = await stage.run(args);
  assert.deepEqual([without.code, without.err], [0, ""]);
  const given = await stage.run([...args, `--labels=${JSON.stringify(labels)}`]);
  const env = { ...stage.commentEnv, GITHUB_EVENT_NAME: "push", GITHUB_TOKEN: TOKEN };
  const pushed = await stage.run(args, { env });
  assert.equal(github.requests.length, 1);
  // The summary says what it was that changed.
  for (const { out, outputs } of [given, pushed]) {
    assert.deepEqual([out, outputs], [without.out, without.outputs]);
  }
});

Deno.test(`a bug's report shows a hostile message as text: ${NAMES.length} tried`, async () => {
  for (const { text } of NAMES) {
    const env = () => {
      throw new TypeError(text);
    };
    const { code, err } = await hubwright(["plan", "--changed-files=a"], {}, { env });
    assert.equal(code, 70);
    assertInertLog(err);
  }
});
