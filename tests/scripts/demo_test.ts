import assert from "node:assert/strict";

const root = new URL("../../", import.meta.url).pathname;

Deno.test("demo.ts shows the plan, the comment and what a failed canary blocks", async () => {
  const temporary = await Deno.makeTempDir();
  try {
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-P=demo", "scripts/demo.ts"],
      cwd: root,
      env: { TMPDIR: temporary, NO_COLOR: "1" },
    }).output();
    const text = new TextDecoder().decode(stdout);
    assert.equal(code, 0, new TextDecoder().decode(stderr));
    assert.match(text, /Wrote \.github\/workflows\/deploy-hubs\.yaml/);
    assert.match(text, /│ fjord +│ aws +│ kelp +│ config\/clusters\/fjord\/kelp\.values\.yaml/);
    assert.match(text, /^## Deployment plan$/m);
    assert.match(text, /│ lake +│ limnology +│ the canary failed/);

    const [, repository = ""] = /^cd (\S+)$/m.exec(text) ?? [];
    const check = await new Deno.Command(Deno.execPath(), {
      args: ["task", "check"],
      cwd: repository,
    }).output();
    assert.equal(check.code, 0, "what the demo says to try next works");
  } finally {
    await Deno.remove(temporary, { recursive: true });
  }
});
