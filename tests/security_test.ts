import assert from "node:assert/strict";

const root = new URL("../", import.meta.url);
const page = await Deno.readTextFile(new URL("SECURITY.md", root));

/** The tests to which the page links, each with what it says of them. */
const claims = [...page.matchAll(/\[([^\]]+)\]\((tests\/[^)]+)\)/g)]
  .map(([, words = "", path = ""]) => ({ words, path }));

Deno.test("SECURITY.md links its claims to tests", () => {
  assert.ok(claims.length > 20, `${claims.length} claims`);
});

for (const { words, path } of claims) {
  Deno.test(`SECURITY.md links "${words}" to a test that is there`, async () => {
    const text = await Deno.readTextFile(new URL(path, root));
    const ofFile = path.endsWith(`/${words}_test.ts`);
    assert.ok(ofFile || text.includes(words), `${path} has no test called "${words}"`);
  });
}
