import assert from "node:assert/strict";
import { commitOf, repositoryOf, type TempRepository } from "../git/temp_repository.ts";
import { FakeGitHub, TOKEN } from "../github/fake_github.ts";
import { owedUpgrade } from "../ledger/fleets.ts";
import { tempFolder } from "../temp_folder.ts";
import { hubwright, type Ran } from "./fake_io.ts";
import { runHubwright } from "./process.ts";
import { FILES } from "./repository.ts";

Deno.test.sanitizer({ ops: true, resources: true });

const configOf = (since: string) =>
  `export default { ledger: { since: "${since}" }, paused: { "azure.mars": "moving" } };\n`;

/** A clone of a repository whose ledger begins at its first commit. */
async function cloned(remote = "git@github.com:octo/infrastructure.git"): Promise<TempRepository> {
  const config = { "hubwright.config.ts": configOf(await commitOf(FILES)) };
  const repository = await repositoryOf(FILES, config);
  if (remote !== "") await repository.git("remote", "add", "origin", remote);
  return repository;
}

/** Runs `status` as a person does whose token is in the environment. */
function status(
  { path }: TempRepository,
  fake: FakeGitHub,
  ...args: readonly string[]
): Promise<Ran> {
  const env = { GITHUB_TOKEN: TOKEN, GITHUB_API_URL: fake.url };
  return hubwright(["status", "--repo", path, ...args], { env });
}

Deno.test("status says what the newest record says, with ages from git", async () => {
  await using fake = new FakeGitHub();
  await using clone = await cloned();
  const since = await commitOf(FILES);
  const head = await clone.git("rev-parse", "HEAD");
  fake.deployments.add({ version: 1, as_of: since, owed: [], deployed: {} });
  fake.deployments.add({
    version: 1,
    as_of: head,
    owed: [owedUpgrade("earth/prod", "failed", { base: since })],
    deployed: { [head]: ["earth/staging"] },
  });
  fake.tokens.set(TOKEN, new Set(["deployments: read"]));
  const { code, out, err } = await status(clone, fake, "--format", "json");
  assert.deepEqual({ code, err }, { code: 0, err: "" });
  assert.equal(fake.requests.length, 1);
  const { repository, as_of, checked_out, releases } = JSON.parse(out);
  const even = { ahead: 0, behind: 0 };
  assert.deepEqual([repository, as_of, checked_out], ["octo/infrastructure", head, even]);
  assert.deepEqual(
    releases.map((release: Record<string, unknown>) =>
      ["cluster", "release", "state", "commit", "committed_at"].map((key) => release[key])
    ),
    [
      ["azure.mars", "rover", "paused", head],
      ["earth", "support chart", "current", head],
      ["earth", "staging", "current", head],
      ["earth", "prod", "unknown", since],
    ].map((expected) => [...expected, "2026-01-01T00:00:00+00:00"]),
  );
  assert.equal(releases[3].owed.url, `${fake.url}/octo/infrastructure/actions/runs/456/attempts/1`);
});

Deno.test("status counts everything as up to date where there is no record yet", async () => {
  await using fake = new FakeGitHub();
  await using clone = await cloned();
  const { code, out } = await status(clone, fake);
  assert.equal(code, 0);
  assert.match(out, /^octo\/infrastructure 1 paused, 3 current\nThere is no record yet: /);
  assert.match(out, /What is checked out is 1 commit newer/);
});

Deno.test("status prints every format", async () => {
  await using fake = new FakeGitHub();
  await using clone = await cloned();
  for (
    const [format, pattern] of [
      ["table", /^octo\/infrastructure 1 paused/],
      ["markdown", /^## Fleet\n/],
      ["html", /^<!doctype html>/],
    ] as const
  ) {
    assert.match((await status(clone, fake, "--format", format)).out, pattern);
  }
});

Deno.test("status says just what is asked for", async () => {
  await using fake = new FakeGitHub();
  await using clone = await cloned();
  fake.deployments.add({
    version: 1,
    as_of: await commitOf(FILES),
    owed: [owedUpgrade("earth/gone"), owedUpgrade("mars/gone")],
  });
  const names = async (asked: string) => {
    const { out, err } = await status(clone, fake, asked, "--format", "json");
    if (out === "") return err;
    const { releases, gone } = JSON.parse(out);
    return [...releases, ...gone].map(({ release }: { release: string }) => release).join();
  };
  assert.equal(await names("earth"), "support chart,staging,prod,gone");
  assert.equal(await names("earth/prod"), "prod");
  assert.equal(await names("earth/support chart"), "support chart");
  assert.match(await names("erth"), /Cannot find the cluster "erth": .*; did you mean "earth"\?/);
  assert.match(await names("earth/prd"), /Cannot find the release of earth "prd": .*"prod"\?/);
  assert.match(await names("earth/"), /Cannot find the release of earth ""/);
});

Deno.test("status says which permission the token lacks", async () => {
  await using fake = new FakeGitHub();
  await using clone = await cloned();
  fake.tokens.set(TOKEN, new Set(["actions: read"]));
  const { code, out, err } = await status(clone, fake);
  assert.deepEqual([code, out], [1, ""]);
  assert.match(
    err,
    /^Cannot read the ledger of octo\/infrastructure: .*"deployments: read" under "permissions", or a token of your own that permission\n$/,
  );
});

Deno.test("status says what to do where the config has no ledger", async () => {
  await using fake = new FakeGitHub();
  await using clone = await cloned();
  await clone.commit({ "./hubwright.config.ts": "export default {};\n" });
  const { code, err } = await status(clone, fake);
  assert.equal(code, 1);
  assert.match(err, /hubwright\.config\.ts: Cannot say what the fleet runs: .*"ledger".* since: /);
  assert.equal(fake.requests.length, 0);
});

/** Remotes that name no repository on a GitHub, and what the line says of them. */
const REMOTES: readonly (readonly [remote: string, found: string])[] = [
  ["", "found no such remote"],
  ["/srv/infrastructure.git", 'found "/srv/infrastructure.git"'],
  ["https://ada:secret@gitlab.example.edu/a/b/c", 'found "https://gitlab.example.edu/a/b/c"'],
];

for (const [remote, found] of REMOTES) {
  Deno.test(`status cannot tell which repository it is where origin is "${remote}"`, async () => {
    await using fake = new FakeGitHub();
    await using clone = await cloned(remote);
    const { code, err } = await status(clone, fake);
    assert.equal(code, 1);
    assert.match(err, /^Cannot tell which repository on GitHub this is: .*set GITHUB_REPOSITORY/);
    assert.ok(err.includes(`${found};`), err);
    const env = {
      GITHUB_REPOSITORY: fake.repository,
      GITHUB_API_URL: fake.url,
      GH_TOKEN: TOKEN,
      GITHUB_SERVER_URL: "https://git.example.edu",
    };
    const args = ["status", "--repo", clone.path, "--format", "html"];
    const ran = await hubwright(args, { env });
    assert.equal(ran.code, 0, ran.err);
    assert.match(ran.out, /href="https:\/\/git\.example\.edu\/octo\/infrastructure\/commit\//);
  });
}

/** A folder for the PATH that has git and, where it says something, a `gh`. */
async function pathWith(gh?: string) {
  const folder = await tempFolder();
  const { stdout } = await new Deno.Command("bash", { args: ["-c", "command -v git"] }).output();
  await Deno.symlink(new TextDecoder().decode(stdout).trim(), `${folder.path}/git`);
  if (gh !== undefined) {
    await Deno.writeTextFile(`${folder.path}/gh`, `#!/bin/sh\n${gh}\n`, { mode: 0o755 });
  }
  return folder;
}

/** Runs `status` as a process that has nothing but git, and perhaps `gh`, on the PATH. */
async function statusAmong(
  gh: string | undefined,
  { remote, permissions, env }: {
    readonly remote?: string;
    readonly permissions?: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
  } = {},
): Promise<Ran> {
  await using clone = await cloned(remote);
  await using path = await pathWith(gh);
  const unset = { GITHUB_TOKEN: "", GH_TOKEN: "", GITHUB_REPOSITORY: "", GITHUB_API_URL: "" };
  return await runHubwright({
    cwd: clone.path,
    args: ["status"],
    ...(permissions && { permissions }),
    env: { PATH: path.path, ...unset, ...env },
  });
}

Deno.test("status takes the token that gh has for the remote's host", async () => {
  await using fake = new FakeGitHub();
  const { code, out, err } = await statusAmong(
    `test "$*" = "auth token --hostname git.example.edu" && echo ${TOKEN}`,
    {
      remote: "ssh://git@git.example.edu/octo/infrastructure.git",
      env: { GITHUB_API_URL: fake.url },
    },
  );
  assert.deepEqual([code, err], [0, ""]);
  assert.match(out, /There is no record yet/);
});

/** Where there is no token that may be sent, and what the line says. */
const TOKENLESS: Readonly<Record<string, readonly [...Parameters<typeof statusAmong>, RegExp]>> = {
  "gh is not there": [
    undefined,
    {},
    /^Cannot connect to GitHub: expected a token .*"deployments: read", or run "gh auth login"\n$/,
  ],
  "gh is not logged in": [
    "echo 'no oauth token found' >&2; exit 1",
    {},
    /^Cannot connect to GitHub: expected a token .*"deployments: read", or run "gh auth login"\n$/,
  ],
  "Deno does not allow gh": [
    "echo secret",
    { permissions: ["--allow-read", "--allow-env", "--allow-run=git"] },
    /expected a token .*, or let Deno start gh with --allow-run\n$/,
  ],
  "a host that a remote alone names is not GitHub's, whose token is there": [
    undefined,
    { remote: "https://git.example.edu/octo/infrastructure", env: { GITHUB_TOKEN: TOKEN } },
    /^Cannot connect to GitHub: expected a token for git\.example\.edu, found one that may not be for it; set GITHUB_API_URL to https:\/\/git\.example\.edu\/api\/v3 where it is, or run "gh auth login --hostname git\.example\.edu"\n$/,
  ],
};

for (const [where, [gh, options, line]] of Object.entries(TOKENLESS)) {
  Deno.test(`status says what to do where ${where}`, async () => {
    const { code, err } = await statusAmong(gh, options);
    assert.equal(code, 1);
    assert.match(err, line);
  });
}
