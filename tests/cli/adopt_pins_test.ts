import assert from "node:assert/strict";
import fc from "fast-check";
import { OWN_PINS } from "../../src/workflow/own_lock.ts";
import { hubwright, type Ran } from "./fake_io.ts";
import {
  B,
  bump,
  C,
  CONFIG,
  editWorkflows,
  generatedRepository,
  LOCK,
  WORKFLOWS,
} from "./pinned_repository.ts";
import type { Sandbox } from "./sandbox.ts";

const LOCK_FILE = "actions.lock.json";
const [COMMENT = "", DEPLOY = ""] = WORKFLOWS;

const adopt = (folder: Sandbox, ...args: readonly string[]) =>
  hubwright(["pins", "--adopt", "--repo", folder.path, ...args]);
const check = (folder: Sandbox) => hubwright(["generate", "--check", "--repo", folder.path]);

/** That nothing was adopted and nothing written; gives what was said. */
async function refused(folder: Sandbox, ...args: readonly string[]): Promise<readonly string[]> {
  const before = await folder.snapshot();
  const { code, out, err } = await adopt(folder, ...args);
  assert.deepEqual({ code, out }, { code: 1, out: "" });
  assert.deepEqual(await folder.snapshot(), before);
  return err.trimEnd().split("\n");
}

/** That a bump was adopted, and that nothing else is left to do. */
async function adopted(folder: Sandbox): Promise<Ran> {
  const ran = await adopt(folder);
  assert.deepEqual({ code: ran.code, err: ran.err }, { code: 0, err: "" });
  assert.equal((await check(folder)).code, 0);
  return ran;
}

Deno.test("hubwright pins --adopt takes a bump into the lock, and generate --check then passes", async () => {
  await using folder = await generatedRepository();
  await editWorkflows(folder, (text) => bump(text, "actions/checkout", `${B} # v8.0.0`));
  await editWorkflows(folder, (text) => bump(text, "owner/sign-in", `${C} # v3.1.0`));
  const before = await folder.snapshot();

  const drift = await check(folder);
  assert.equal(drift.code, 1);
  assert.match(
    drift.err,
    /^\S+:\d+: Cannot accept it: its actions are at other commits than the lock says; run "deno task hubwright pins --adopt" to keep these, or "deno task generate" for those of the lock\n/,
  );

  const { out } = await adopted(folder);
  assert.equal(
    out,
    `actions/checkout: ${OWN_PINS.get("actions/checkout")?.version} -> v8.0.0 (${B})\n` +
      `owner/sign-in: v3.0.0 -> v3.1.0 (${C})\n` +
      `Wrote ${LOCK_FILE}\n` +
      "3 generated files are up to date.\n",
  );
  const lock = {
    "actions/checkout": { version: "v8.0.0", commit: B },
    "owner/sign-in": { version: "v3.1.0", commit: C },
  };
  const text = `${JSON.stringify(lock, null, 2)}\n`;
  assert.deepEqual(await folder.snapshot(), { ...before, [LOCK_FILE]: text });
});

Deno.test("hubwright pins --adopt makes a lock where the repository has none", async () => {
  await using folder = await generatedRepository({ "hubwright.config.ts": "export default {};" });
  await Deno.remove(folder.join(LOCK_FILE));
  await editWorkflows(folder, (text) => bump(text, "denoland/setup-deno", `${B} # v3.0.0`));
  await adopted(folder);
  assert.deepEqual(JSON.parse(await folder.read(LOCK_FILE)), {
    "denoland/setup-deno": { version: "v3.0.0", commit: B },
  });
});

Deno.test("hubwright pins --adopt leaves everything as it is where there is no bump", async () => {
  await using folder = await generatedRepository({ [LOCK_FILE]: LOCK.replaceAll("\n", "\n ") });
  const before = await folder.snapshot();
  const { out } = await adopted(folder);
  assert.equal(
    out,
    "Nothing to adopt: the workflows are at the commits of the lock.\n" +
      "3 generated files are up to date.\n",
  );
  assert.deepEqual(await folder.snapshot(), before);
});

Deno.test("hubwright pins --adopt says which other drift is left", async () => {
  await using folder = await generatedRepository();
  await editWorkflows(folder, (text) =>
    bump(text, "actions/checkout", `${B} # v8.0.0`)
      .replace("timeout-minutes: 120", "timeout-minutes: 12"));
  const { code, out, err } = await adopt(folder);
  assert.equal(code, 1);
  assert.match(out, /\nWrote actions\.lock\.json\n--- a\/\.github\/workflows\/deploy-hubs\.yaml/);
  assert.match(out, /\n- {4}timeout-minutes: 12\n\+ {4}timeout-minutes: 120\n/);
  assert.equal(out.includes("-        uses:"), false, "the bump is no drift any more");
  assert.match(err, /^\S+deploy-hubs\.yaml:\d+: Cannot accept it: it differs from what is gen/);
  assert.equal(JSON.parse(await folder.read(LOCK_FILE))["actions/checkout"].version, "v8.0.0");
  assert.equal((await hubwright(["generate", "--repo", folder.path])).code, 0);
  assert.equal((await check(folder)).code, 0);
  assert.match(await folder.read(DEPLOY), new RegExp(`actions/checkout@${B} # v8\\.0\\.0\n`));
});

Deno.test("hubwright pins --adopt reads only workflows that say that they are generated", async () => {
  await using folder = await generatedRepository({
    ".github/workflows/mine.yaml": "jobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n",
  });
  await adopted(folder);
  const [, ...lines] = bump(await folder.read(DEPLOY), "actions/checkout", "v4").split("\n");
  await folder.write(DEPLOY, lines.join("\n"));
  const before = await folder.snapshot();
  const { code, out, err } = await adopt(folder);
  assert.equal(code, 1);
  assert.match(out, /^Nothing to adopt/);
  assert.match(err, /^\S+deploy-hubs\.yaml:1: Cannot overwrite it: [^\n]+\n$/);
  assert.deepEqual(await folder.snapshot(), before);
});

Deno.test("hubwright pins --adopt says everything that is wrong at once, and writes nothing", async () => {
  await using folder = await generatedRepository();
  await editWorkflows(folder, (text, path) =>
    path === COMMENT
      ? bump(
        bump(text, "actions/checkout", `${C} # v9.0.0`),
        "actions/download-artifact",
        `${OWN_PINS.get("actions/download-artifact")?.commit} # v9.0.0`,
      )
      : [
        ["actions/checkout", `${B} # v8.0.0`],
        ["owner/sign-in", `${B} # v3.0.0`],
        ["owner/install", `${B} # v2.0.0`],
        ["actions/upload-artifact", "v8 # v8"],
        ["slackapi/slack-github-action", B],
      ].reduce((edited, [name = "", ref = ""]) => bump(edited, name, ref), text)
        .replace("denoland/setup-deno@", "denoland/setup-node@"));
  const said = (await refused(folder)).map((line) =>
    line.replace(/^\S+\/([a-z-]+)\.yaml:\d+:\d+: Cannot adopt (\S+) at .*?\): /, "$1 $2: ").slice(
      0,
      80,
    )
  );
  assert.deepEqual([...new Set(said)], [
    "comment-deployment-plan-pr actions/download-artifact: it disagrees with hubwrigh",
    "deploy-hubs actions/checkout: .github/workflows/comment-deployment-plan-pr.yaml:",
    "deploy-hubs denoland/setup-node: no definition uses this action; remove the step",
    "deploy-hubs actions/upload-artifact: expected a commit of 40 lower-case hexadeci",
    "deploy-hubs slackapi/slack-github-action: expected its version as a comment behi",
    "deploy-hubs owner/sign-in: it disagrees with actions.lock.json, which says that ",
    "deploy-hubs owner/install: hubwright.config.ts itself pins it to v1.0.0 (aaaaaaa",
  ]);
});

Deno.test("hubwright pins --adopt writes nothing where the workflows could not be generated", async () => {
  await using folder = await generatedRepository({
    "other.config.ts": CONFIG.replace("setup: [", 'setup: [{ name: "Out", uses: "./../out" },'),
  });
  await editWorkflows(folder, (text) => bump(text, "actions/checkout", `${B} # v8.0.0`));
  const [line = ""] = await refused(folder, "--config", folder.join("other.config.ts"));
  assert.match(line, /step "Out": Cannot use the local action .* \[unpinned-action\]$/);
});

Deno.test("hubwright pins --adopt adopts any bump of any actions, so that generate --check passes", async () => {
  await using folder = await generatedRepository();
  const generated = await folder.snapshot();
  const texts = Object.values(generated).join("\n");
  const bumpable = [...OWN_PINS.keys(), "owner/sign-in"].filter((name) =>
    texts.includes(`uses: ${name}@`)
  );
  assert.ok(bumpable.length > 4);
  const version = fc.tuple(
    fc.constantFrom("v", ""),
    fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 3 }),
    fc.constantFrom("", "", "", "-rc.1", "-beta"),
  ).map(([v, numbers, suffix]) => `${v}${numbers.join(".")}${suffix}`)
    .filter((text) =>
      ![...OWN_PINS.values(), { version: "v3.0.0" }].some((pin) => pin.version === text)
    );
  const pin = fc.record({ version, commit: fc.stringMatching(/^[0-9a-f]{40}$/) }, {
    noNullPrototype: true,
  });
  const bumps = fc.dictionary(fc.constantFrom(...bumpable), pin, { noNullPrototype: true });
  await fc.assert(
    fc.asyncProperty(bumps, async (pins) => {
      for (const [path, text] of Object.entries(generated)) await folder.write(path, text);
      for (const [name, { version, commit }] of Object.entries(pins)) {
        await editWorkflows(folder, (text) => bump(text, name, `${commit} # ${version}`));
      }
      const { out } = await adopted(folder);
      const lock = JSON.parse(await folder.read(LOCK_FILE));
      assert.deepEqual(lock, { ...JSON.parse(LOCK), ...pins });
      assert.equal(out.includes("Nothing to adopt"), Object.keys(pins).length === 0);
      // A second time there is nothing left to adopt.
      assert.match((await adopted(folder)).out, /^Nothing to adopt/);
    }),
    { seed: 1, numRuns: 8 },
  );
});
