import assert from "node:assert/strict";
import { hubwright, type Ran } from "../cli/fake_io.ts";
import { copyExample, ROOT, Sandbox } from "../cli/sandbox.ts";
import { EXAMPLE } from "./repositories.ts";

const DEPLOY = ".github/workflows/deploy-hubs.yaml";
const ATTRIBUTES = ".github/workflows/.gitattributes";
const COMMENT = ".github/workflows/comment-deployment-plan-pr.yaml";
const MEND = 'run "deno task generate"';

function generate(folder: Sandbox, ...more: string[]): Promise<Ran> {
  return hubwright(["generate", "--repo", folder.path, ...more]);
}

/** The lines that a unified diff adds and removes. */
function changedLines(diff: string): string[] {
  return diff.split("\n").filter((line) => /^[+-](?![+-]{2} )/.test(line));
}

Deno.test("deploy-hubs.yaml, comment-deployment-plan-pr.yaml of examples/infrastructure are up to date", async () => {
  const { code, out, err } = await hubwright([
    ...["generate", "--check"],
    ...["--repo", `${ROOT}/examples/infrastructure`],
  ]);
  assert.deepEqual({ code, out, err }, {
    code: 0,
    out: "3 generated files are up to date.\n",
    err: "",
  });
  const { deploy, comment } = EXAMPLE;
  const committed = (path: string) => Deno.readTextFile(`${ROOT}/examples/infrastructure/${path}`);
  assert.equal(deploy.text, await committed(DEPLOY));
  assert.equal(comment.text, await committed(COMMENT));
});

Deno.test("generate --check finds an edited line and shows what generating would change", async () => {
  await using folder = await copyExample();
  const was = await folder.read(DEPLOY);
  await folder.write(DEPLOY, was.replace("timeout-minutes: 120", "timeout-minutes: 12"));
  const line = was.split("\n").findIndex((line) => line.includes("timeout-minutes: 120")) + 1;
  const before = await folder.snapshot();

  const { code, out, err } = await generate(folder, "--check");
  assert.equal(code, 1);
  assert.match(out, /^--- a\/\.github\/workflows\/deploy-hubs\.yaml.*\n\+\+\+ b\/\.github\//);
  assert.deepEqual(changedLines(out), ["-    timeout-minutes: 12", "+    timeout-minutes: 120"]);
  assert.equal(
    err,
    `${DEPLOY}:${line}: Cannot accept it: it differs from what is generated; ${MEND}\n`,
  );
  assert.deepEqual(await folder.snapshot(), before);

  assert.equal((await generate(folder)).out, `Wrote ${DEPLOY}\n`);
  assert.equal(await folder.read(DEPLOY), was);
  assert.equal((await generate(folder, "--check")).code, 0);
});

for (
  const [what, edit] of [
    ["a missing final line break", (text: string) => text.trimEnd()],
    ["a space at the end of a line", (text: string) => text.replace("jobs:\n", "jobs: \n")],
    ["a byte order mark", (text: string) => `\uFEFF${text}`],
    ["a comment", (text: string) => `${text}# mine\n`],
  ] as const
) {
  Deno.test(`generate --check finds ${what}`, async () => {
    await using folder = await copyExample();
    const was = await folder.read(COMMENT);
    assert.notEqual(edit(was), was);
    await folder.write(COMMENT, edit(was));
    const { code, err } = await generate(folder, "--check");
    assert.equal(code, 1);
    assert.match(
      err,
      /^\.github\/workflows\/comment-deployment-plan-pr\.yaml:\d+: Cannot accept it/,
    );
    assert.equal((await generate(folder)).code, 0);
    assert.equal(await folder.read(COMMENT), was);
  });
}

Deno.test("generate --check says of CRLF alone how to keep it away, without a diff", async () => {
  await using folder = await copyExample();
  const was = await folder.read(DEPLOY);
  await folder.write(DEPLOY, was.replaceAll("\n", "\r\n"));
  const { code, out, err } = await generate(folder, "--check");
  assert.deepEqual({ code, out }, { code: 1, out: "" });
  assert.match(
    err,
    /^\S+deploy-hubs\.yaml:1: Cannot accept it: only its line endings differ, CRLF/,
  );
  assert.equal((await generate(folder)).code, 0);
  assert.equal(await folder.read(DEPLOY), was);
});

Deno.test("generate keeps line endings in a clone that would have CRLF", async () => {
  await using folder = await copyExample();
  await Deno.remove(folder.join(".gitattributes"));
  await folder.git("init", "--quiet");
  await folder.git("add", ".");
  await folder.git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "--quiet", "-m", "a");
  await using clone = await Sandbox.create();
  await clone.git("clone", "--quiet", "-c", "core.autocrlf=true", folder.path, "clone");
  assert.match(await clone.read("clone/README.md"), /\r\n/);
  const { code, err } = await hubwright(["generate", "--check", "--repo", clone.join("clone")]);
  assert.deepEqual({ code, err }, { code: 0, err: "" });
  const { stdout } = await new Deno.Command("git", {
    args: ["check-attr", "linguist-generated", DEPLOY, COMMENT, ATTRIBUTES],
    cwd: folder.path,
  }).output();
  assert.equal(new TextDecoder().decode(stdout).match(/: set\n/g)?.length, 3);
});

Deno.test("generate refuses to overwrite what hubwright did not write, but for --replace", async () => {
  await using folder = await copyExample();
  const was = await folder.snapshot();
  await folder.write(DEPLOY, "name: Mine\n");
  await folder.write(COMMENT, was[COMMENT]?.replace("name: ", "name: Old ") ?? "");
  const before = await folder.snapshot();
  for (const args of [[], ["--check"]]) {
    const { code, err } = await generate(folder, ...args);
    assert.equal(code, 1);
    const line = `${DEPLOY}:1: Cannot overwrite it: hubwright did not write it, for its first ` +
      'line does not say so; move it away, or run "deno task generate --replace"\n';
    assert.ok(err.endsWith(line), err);
    assert.deepEqual(await folder.snapshot(), before);
  }
  assert.equal((await generate(folder, "--replace")).code, 0);
  assert.deepEqual(await folder.snapshot(), was);
  assert.equal((await generate(folder, "--check", "--replace")).code, 2);
});

Deno.test("generate --check finds a missing file", async () => {
  await using folder = await copyExample();
  const was = await folder.read(COMMENT);
  await Deno.remove(folder.join(COMMENT));
  const { code, out, err } = await generate(folder, "--check");
  assert.equal(code, 1);
  assert.match(out, /^--- \/dev\/null.*\n\+\+\+ b\/\.github\/workflows\/comment-deployment-plan/);
  assert.equal(changedLines(out).length, was.split("\n").length - 1);
  assert.equal(err, `${COMMENT}: Cannot find it: it should be generated; ${MEND}\n`);
  assert.equal((await generate(folder)).out, `Wrote ${COMMENT}\n`);
  assert.equal(await folder.read(COMMENT), was);
});

Deno.test("generate --check finds every file where there is no folder yet", async () => {
  await using folder = await copyExample();
  const was = await folder.snapshot();
  await Deno.remove(folder.join(".github/workflows"), { recursive: true });
  const { code, err } = await generate(folder, "--check");
  assert.equal(code, 1);
  assert.equal(
    err,
    [ATTRIBUTES, COMMENT, DEPLOY].map((path) =>
      `${path}: Cannot find it: it should be generated; ${MEND}\n`
    )
      .join(""),
  );
  assert.equal(
    (await generate(folder)).out,
    `Wrote ${ATTRIBUTES}\nWrote ${COMMENT}\nWrote ${DEPLOY}\n`,
  );
  assert.deepEqual(await folder.snapshot(), was);
});

Deno.test("generate --check finds a file that nothing generates any more, and leaves others alone", async () => {
  await using folder = await copyExample();
  const own = ".github/workflows/mine.yaml";
  const orphan = ".github/workflows/old.yaml";
  await folder.write(own, "# Not Generated by us\nname: Mine\n");
  const before = await folder.snapshot();
  await folder.write(orphan, (await folder.read(DEPLOY)).replace("name: Deploy", "name: Old"));

  const { code, out, err } = await generate(folder, "--check");
  assert.equal(code, 1);
  assert.match(out, /^--- a\/\.github\/workflows\/old\.yaml.*\n\+\+\+ \/dev\/null/);
  assert.ok(changedLines(out).every((line) => line.startsWith("-")));
  assert.equal(
    err,
    `${orphan}:1: Cannot accept it: it says that it is generated and nothing generates it; ` +
      `${MEND}, which deletes it\n`,
  );
  assert.equal((await generate(folder)).out, `Deleted ${orphan}\n`);
  assert.deepEqual(await folder.snapshot(), before);
});

Deno.test("generate --check shows all differences at once", async () => {
  await using folder = await copyExample();
  await folder.write(".github/workflows/old.yaml", await folder.read(DEPLOY));
  await folder.write(DEPLOY, "");
  await Deno.remove(folder.join(COMMENT));
  const { code, err } = await generate(folder, "--check");
  assert.equal(code, 1);
  assert.deepEqual(
    err.trimEnd().split("\n").map((line) => line.split(": ", 1).join()),
    [COMMENT, `${DEPLOY}:1`, ".github/workflows/old.yaml:1"],
  );
});

Deno.test("generate --check annotates the file inside GitHub Actions", async () => {
  await using folder = await copyExample();
  const was = await folder.read(DEPLOY);
  await folder.write(DEPLOY, was.replace("name: Deploy", "name: Destroy"));
  const { code, err } = await hubwright(["generate", "--check", "--repo", folder.path], {
    env: { GITHUB_ACTIONS: "true" },
  });
  assert.equal(code, 1);
  assert.equal(
    err,
    `::error file=${DEPLOY},line=4::${DEPLOY}:4: Cannot accept it: it differs from what is ` +
      `generated; ${MEND}\n`,
  );
});

Deno.test("generate --check finds that a cluster was added without generating anew", async () => {
  await using folder = await copyExample();
  await folder.write(
    "config/clusters/tundra/cluster.yaml",
    "name: tundra\nprovider: gcp\nhubs:\n" +
      ["a", "b", "c"].map((name) => `  - name: ${name}-staging\n`).join(""),
  );
  const { code, out } = await generate(folder, "--check");
  assert.equal(code, 1);
  const added = changedLines(out);
  assert.ok(added.includes("+      success_tundra: ${{ steps.verdict.outputs.success_tundra }}"));
  assert.ok(added.includes("+      - name: Check staging hub 3"));
  assert.equal((await generate(folder)).code, 0);
  assert.equal((await generate(folder, "--check")).code, 0);
});

Deno.test("generate writes the same bytes every time", async () => {
  await using folder = await copyExample();
  await Deno.remove(folder.join(".github/workflows"), { recursive: true });
  await generate(folder);
  const first = await folder.snapshot();
  await Deno.remove(folder.join(".github/workflows"), { recursive: true });
  await generate(folder);
  assert.deepEqual(await folder.snapshot(), first);
});

Deno.test("generate leaves everything as it is where a file cannot be written", async () => {
  await using folder = await copyExample();
  await Deno.remove(folder.join(".github/workflows"), { recursive: true });
  await folder.write(".github/workflows", "a file in the folder's place");
  const before = await folder.snapshot();
  const { code, out, err } = await generate(folder);
  assert.equal(code, 1);
  assert.equal(out, "");
  assert.match(err, /^\.github\/workflows/);
  assert.deepEqual(await folder.snapshot(), before);
});
