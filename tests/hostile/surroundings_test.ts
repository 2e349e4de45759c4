/** Hostile command lines and environment variables. */
import assert from "node:assert/strict";
import { hubwright, type Ran } from "../cli/fake_io.ts";
import { committedRepository, earth } from "../cli/repository.ts";
import { assertInertLog } from "./inert.ts";
import { NAMES } from "./names.ts";
import { Trap } from "./trap.ts";

/** Checks that a command line ended in an orderly way, and printed nothing but text. */
function assertOrderly({ code, out, err }: Ran): void {
  assert.ok(code < 3, `exit code ${code}: ${err.slice(0, 500)}`);
  assertInertLog(out);
  assertInertLog(err, { annotations: true });
}

/** Command lines into which a name goes, in a repository and without one. */
const LINES: Readonly<Record<string, (name: string, repo: string) => readonly string[]>> = {
  "a command": (name) => [name],
  "an argument": (name) => ["plan", name],
  "an option": (name) => ["plan", `--${name}`],
  "an option with a value": (name) => ["filter", `--${name}=x`],
  "a value of an option without one": (name) => ["generate", `--check=${name}`],
  "--base": (name, repo) => ["plan", `--repo=${repo}`, `--base=${name}`],
  "--head": (name, repo) => ["plan", `--repo=${repo}`, "--base=HEAD^", `--head=${name}`],
  "--format": (name) => ["plan", "--changed-files=a", `--format=${name}`],
  "--labels": (name) => ["plan", "--changed-files=a", `--labels=${name}`],
  "--changed-files": (name, repo) => ["plan", `--repo=${repo}`, `--changed-files=${name}`],
  "--changed-files-from": (name) => ["plan", `--changed-files-from=${name}`],
  "--config": (name, repo) => ["generate", "--check", `--repo=${repo}`, `--config=${name}`],
  "--repo": (name) => ["plan", "--changed-files=a", `--repo=${name}`],
  "--repo for git": (name) => ["plan", "--base=HEAD", `--repo=${name}`],
  "--fail": (name) => ["simulate", "--base=HEAD", `--fail=${name}`],
};

/** What git reads as more than a name; it is asked of these only, since each takes it some time. */
const FOR_GIT = ["be an option", "be a revision", "run a command", "confuse a parser"];

for (const [place, line] of Object.entries(LINES)) {
  // No process has a NUL among its arguments.
  const names = NAMES.filter(({ tries, text }) =>
    !text.includes("\0") && (!/--(?:base|head)|git/.test(place) || FOR_GIT.includes(tries))
  );
  Deno.test(`${place} takes hostile names for text: ${names.length} tried`, async () => {
    await using trap = await Trap.set();
    const { folder } = await committedRepository(earth("prod.values.yaml"));
    await using _ = folder;
    for (const [index, { text }] of names.entries()) {
      const name = index % 2 === 0 ? trap.arm(text) : trap.armHere(text);
      const env = { GITHUB_ACTIONS: index % 3 === 0 ? "true" : "" };
      assertOrderly(await hubwright(line(name, folder.path), { env }));
    }
    await trap.assertUnsprung(folder.path);
  });
}
