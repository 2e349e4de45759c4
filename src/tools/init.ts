import { differencesOf, linkProblems } from "../adopt/adopted_files.ts";
import { CONFIG_FILE, NOTHING_TO_ADOPT, planAdoption } from "../adopt/adoption.ts";
import { editorFiles } from "../adopt/editor_files.ts";
import { type Observation, observe } from "../adopt/observe.ts";
import { compareRelease, readOwnRelease, RELEASE_FOLDER } from "../adopt/own_release.ts";
import { ignoredPaths, readGit } from "../adopt/read_git.ts";
import { taskCommands } from "../adopt/task_command.ts";
import { command } from "../contract/command.ts";
import type { Difference } from "../drift/differences.ts";
import { writeFiles } from "../drift/write_files.ts";
import { UsageError, UserError } from "../errors.ts";
import type { Io } from "../io/io.ts";
import { filesOnDisk } from "../repository/disk_files.ts";
import { lookUp, type RepositoryFiles } from "../repository/files.ts";
import { compare } from "../text/compare.ts";
import { visible } from "../text/visible.ts";
import { VERSION } from "../version.ts";
import { GENERATED } from "../../workflows/header.ts";
import { SETUP_DEPLOY } from "../../workflows/setup_deploy.ts";
import { printDiff } from "./print_diff.ts";

/** `hubwright init`: puts hubwright into the repository, with a config for what is there. */
export const initCommand = command({
  name: "init",
  summary: "Adopt hubwright in a repository, or bring it to this version",
  examples: [
    ["hubwright init --dry-run", "show what would be written, and write nothing"],
    ["hubwright init --replace", "write it, and replace the workflows that deploy today"],
  ],
  options: {
    "dry-run": { help: "Write nothing; show what would change" },
    replace: { help: "Overwrite or delete the workflows that hubwright's replace" },
    editor: { help: "Let editors check cluster.yaml, in VS Code's settings and in each file" },
  },
  access: { read: ["."], write: ["."], run: ["git"] },
  async run({ options, io }) {
    if (options.config !== undefined) {
      throw new UsageError(`Cannot use --config with init: it writes ${CONFIG_FILE}`);
    }
    const repo = options.repo ?? ".";
    const git = await readGit(repo);
    const files = filesOnDisk(repo);
    const own = await readOwnRelease();
    refuseLinks(files, own.map(({ path }) => path));
    const release = await compareRelease(repo, own);
    const isAdopted = [CONFIG_FILE, `${RELEASE_FOLDER}/hubwright.js`]
      .every((path) => lookUp(files, path).kind === "file");
    const observation = await observe(files, git, GENERATED, SETUP_DEPLOY);
    const adoption = isAdopted
      ? NOTHING_TO_ADOPT
      : await planAdoption(repo, files, observation, options.replace ?? false);
    const editor = options.editor ? await editorFiles(files, observation) : [];
    const differences = [
      ...release.differences,
      ...adoption.differences,
      ...await differencesOf(files, editor),
    ].sort((a, b) => compare(a.path, b.path));
    refuseLinks(files, differences.map(({ path }) => path));
    const ignored = await ignoredPaths(repo, differences.map(({ path }) => path));
    printLines("Found", adoption.found, io);
    const isDry = options["dry-run"] === true;
    if (isDry) {
      printDiff(differences.filter(({ path }) => !isRelease(path)), io);
      if (differences.length > 0) io.out("\n");
    }
    if (adoption.problems.length > 0) throw new UserError(adoption.problems);
    if (!isDry) await writeFiles(repo, differences);
    printLines(isDry ? "Would write" : "Written", differences.map(describeDifference), io);
    printLines("Left to you", [
      ...adoption.open,
      ...ignored.map((path) => `git ignores ${path}: add it with "git add --force"`),
      ...(editor.length > 0 ? [RELABEL] : []),
    ], io);
    const commands = await taskCommands(files);
    if (isAdopted) io.out(updateLine(release, differences.length, commands("generate")));
    else printLines("Next", nextSteps(observation, differences, commands), io);
    return 0;
  },
});

/** What is new in each cluster.yaml is a comment, and still a change. */
const RELABEL = "Each cluster.yaml changed: merge it with the label that skips deployments, or " +
  "everything is upgraded";

function refuseLinks(files: RepositoryFiles, paths: readonly string[]): void {
  const problems = linkProblems(files, paths);
  if (problems.length > 0) throw new UserError(problems);
}

function isRelease(path: string): boolean {
  return path.startsWith(`${RELEASE_FOLDER}/`);
}

function printLines(title: string, lines: readonly string[], io: Io): void {
  if (lines.length === 0) return;
  io.out(`${title}\n${lines.map((line) => `  ${visible(line)}\n`).join("")}\n`);
}

function describeDifference({ path, kind }: Difference): string {
  if (kind === "missing") return path;
  return `${path} (${kind === "orphaned" ? "deleted" : "changed"})`;
}

function updateLine(
  { version, differences }: Awaited<ReturnType<typeof compareRelease>>,
  changed: number,
  generate: string,
): string {
  if (differences.length > 0) {
    const from = version === undefined || version === VERSION ? "" : `${version} -> `;
    return `Updated hubwright: ${from}${VERSION}. Run "${generate}" for its workflows.\n`;
  }
  return changed > 0 ? "" : `Nothing to do: hubwright ${VERSION} is here already.\n`;
}

function nextSteps(
  { clusters, action }: Observation,
  differences: readonly Difference[],
  commands: Awaited<ReturnType<typeof taskCommands>>,
): readonly string[] {
  const secrets = action === undefined
    ? `, and read ${SETUP_DEPLOY}, whose secrets the repository needs`
    : "";
  const count = differences.filter(({ path }) => !isRelease(path)).length;
  const commit = `commit the folder ${RELEASE_FOLDER} and the other ${count} files`;
  const steps = clusters === undefined
    ? [
      `Complete "clusters" in ${CONFIG_FILE}${secrets}.`,
      `Run "${commands("generate")}" and "${commands("validate")}".`,
      `Look at the workflows, and ${commit}.`,
    ]
    : [
      `Read ${CONFIG_FILE}${secrets}.`,
      `Run "${commands("validate")}", and ${commit}.`,
      'Try it: "deno task hubwright simulate --base HEAD^ --skip-action ' + `./${SETUP_DEPLOY}".`,
    ];
  return steps.map((step, index) => `${index + 1}. ${step}`);
}
