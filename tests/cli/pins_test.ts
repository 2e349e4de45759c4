import assert from "node:assert/strict";
import { OWN_PINS } from "../../src/workflow/own_lock.ts";
import { hubwright, printed } from "./fake_io.ts";
import { A, B, CONFIG, LOCK, pinnedRepository } from "./pinned_repository.ts";
import { smallRepository } from "./repository.ts";

/** The repository's lock with more entries. */
const lockWith = (more: object) => (
  { "actions.lock.json": JSON.stringify({ ...JSON.parse(LOCK), ...more }) }
);

/** The pins that are listed, as JSON. */
async function listed(path: string): Promise<readonly Readonly<Record<string, string>>[]> {
  return JSON.parse(await printed(["pins", "--format", "json", "--repo", path]));
}

Deno.test("hubwright pins lists hubwright's own where the repository has no lock", async () => {
  await using folder = await smallRepository();
  assert.deepEqual(
    await listed(folder.path),
    [
      "actions/checkout",
      "actions/download-artifact",
      "actions/upload-artifact",
      "denoland/setup-deno",
    ]
      .map((action) => ({ action, ...OWN_PINS.get(action), source: "hubwright" })),
  );
});

Deno.test("hubwright pins lists what the workflows use, and where each is pinned", async () => {
  await using folder = await pinnedRepository({
    ...lockWith({
      "actions/checkout": { version: "v9.0.0", commit: B },
      "owner/unused": { version: "v1", commit: B },
    }),
  });
  assert.deepEqual(
    (await listed(folder.path)).map(({ action, version, commit, source }) => [
      action,
      version,
      commit === OWN_PINS.get(action ?? "")?.commit ? "own" : commit,
      source,
    ]),
    [
      ["actions/checkout", "v9.0.0", B, "repository"],
      ["actions/download-artifact", "v8.0.1", "own", "hubwright"],
      ["actions/upload-artifact", "v7.0.0", "own", "hubwright"],
      ["denoland/setup-deno", "v2.0.4", "own", "hubwright"],
      ["owner/install", "v1.0.0", A, "config"],
      ["owner/sign-in", "v3.0.0", A, "repository"],
      ["slackapi/slack-github-action", "v4.0.0", "own", "hubwright"],
    ],
  );
});

Deno.test("hubwright pins draws a table", async () => {
  await using folder = await pinnedRepository();
  const rows = (await printed(["pins", "--repo", folder.path])).split("\n").filter((line) =>
    line.startsWith("│")
  )
    .map((line) => line.split("│").slice(1, -1).map((cell) => cell.trim()));
  assert.deepEqual(rows[0], ["Action", "Version", "Commit", "Pinned by"]);
  const pinnedBy = new Map(rows.map(([action, , , from]) => [action, from]));
  assert.equal(pinnedBy.get("actions/checkout"), "hubwright's actions.lock.json");
  assert.equal(pinnedBy.get("owner/install"), "hubwright.config.ts");
  assert.equal(pinnedBy.get("owner/sign-in"), "actions.lock.json");
});

Deno.test("hubwright pins takes no format for what it adopts", async () => {
  const { code, err } = await hubwright(["pins", "--adopt", "--format", "json"]);
  assert.equal(code, 2);
  assert.match(err, /^Cannot use --format with --adopt\n/);
});

Deno.test("hubwright generate writes the commits of the repository's lock", async () => {
  const lock = lockWith({ "actions/checkout": { version: "v9.0.0", commit: B } });
  await using folder = await pinnedRepository(lock);
  await printed(["generate", "--repo", folder.path]);
  const text = await folder.read(".github/workflows/deploy-hubs.yaml");
  const uses = new Set(text.match(/uses: .*/g));
  assert.deepEqual(
    [...uses].sort(),
    [
      `uses: actions/checkout@${B} # v9.0.0`,
      ...["actions/upload-artifact", "denoland/setup-deno", "slackapi/slack-github-action"].map(
        (name) => `uses: ${name}@${OWN_PINS.get(name)?.commit} # ${OWN_PINS.get(name)?.version}`,
      ),
      `uses: owner/install@${A} # v1.0.0`,
      `uses: owner/sign-in@${A} # v3.0.0`,
    ].sort(),
  );
});

/** What is wrong with the pins of a repository, for every command that reads them. */
const WRONG: Readonly<Record<string, readonly [Readonly<Record<string, string>>, RegExp]>> = {
  "a lock that is no JSON": [
    { "actions.lock.json": "{\n" },
    /^actions\.lock\.json:2:1: Cannot parse it as JSON: expected property name or '}', found the end/,
  ],
  "a wrong lock and a wrong config": [
    {
      "actions.lock.json": `{"a/b": {"version": "v1", "commit": "v1"}}`,
      "hubwright.config.ts": "export default { defaultBranhc: 1 };",
    },
    /^hubwright\.config\.ts:1:18: .*"defaultBranhc".*\nactions\.lock\.json:1:37: .*40 lower-case/,
  ],
  "an action that no lock has": [
    { "actions.lock.json": "{}" },
    /^\.github\/workflows\/deploy-hubs\.yaml: Job upgrade-support-and-staging: step "Sign in": Cannot use the action "owner\/sign-in": no lock has it; .*\n.*Job upgrade-prod-hubs/,
  ],
  "another commit in the config than in the repository's lock": [
    lockWith({ "owner/install": { version: "v1.0.1", commit: B } }),
    new RegExp(
      '^\\.github/workflows/deploy-hubs\\.yaml: Job upgrade-support-and-staging: step "Install": ' +
        `Cannot use owner/install at v1\\.0\\.0 \\(${A}\\): actions\\.lock\\.json has it at ` +
        `v1\\.0\\.1 \\(${B}\\); leave the commit and the version out of hubwright\\.config\\.ts, ` +
        "so that the lock decides, or change the lock\\n.*upgrade-prod-hubs",
    ),
  ],
  "another version in the config than in hubwright's lock": [
    {
      "hubwright.config.ts": `export default { setup: [{ name: "C", version: "v4.0.0", uses: ` +
        `"actions/checkout@${B}", with: { "persist-credentials": false } }] };`,
    },
    /step "C": Cannot use actions\/checkout at v4\.0\.0 .*: hubwright's actions\.lock\.json has it at v7/,
  ],
  "one action at two commits in the config": [
    {
      "hubwright.config.ts": CONFIG.replace(
        "  ],",
        `{ name: "Again", uses: "owner/install@${B}", version: "v2" } ],`,
      ),
    },
    /step "Again": Cannot use owner\/install at v2 .*: another step of hubwright\.config\.ts has it at v1\.0\.0 .*; use the same/,
  ],
};

for (const [what, [files, expected]] of Object.entries(WRONG)) {
  Deno.test(`hubwright generate and pins refuse ${what}`, async () => {
    await using folder = await pinnedRepository(files);
    const before = await folder.snapshot();
    for (const args of [["generate"], ["generate", "--check"], ["pins"]]) {
      const { code, out, err } = await hubwright([...args, "--repo", folder.path]);
      assert.deepEqual({ code, out }, { code: 1, out: "" });
      assert.match(err, expected);
    }
    assert.deepEqual(await folder.snapshot(), before);
  });
}

Deno.test("hubwright generate takes a commit of the config that the lock has as well", async () => {
  const lock = lockWith({ "owner/install": { version: "v1.0.0", commit: A } });
  await using folder = await pinnedRepository(lock);
  await printed(["generate", "--repo", folder.path]);
});

Deno.test("hubwright generate refuses all that the lint rules find in a config, at once", async () => {
  await using folder = await pinnedRepository({
    "hubwright.config.ts": `export default {
  setup: [
    { name: "Code", uses: "actions/checkout", with: { repository: "owner/code" } },
    { name: "Moved", uses: "owner/moved@${A}", version: "main" },
    { name: "Outside", uses: "./../outside" },
  ],
};
`,
  });
  const before = await folder.snapshot();
  const { code, out, err } = await hubwright(["generate", "--repo", folder.path]);
  assert.deepEqual({ code, out }, { code: 1, out: "" });
  assert.deepEqual(
    err.trimEnd().split("\n").map((line) =>
      /Job ([a-z-]+): step "(\w+)": Cannot .*; .* \[([a-z-]+)\]$/.exec(line)?.slice(1)
    ),
    [
      ...["upgrade-support-and-staging", "upgrade-prod-hubs"].flatMap((job) =>
        ["Moved", "Outside"].map((step) => [job, step, "unpinned-action"])
      ),
      ...["upgrade-support-and-staging", "upgrade-prod-hubs"].map((job) => [
        job,
        "Code",
        "persisted-credentials",
      ]),
    ],
  );
  assert.deepEqual(await folder.snapshot(), before);
});
