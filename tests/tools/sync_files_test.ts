import assert from "node:assert/strict";
import { syncFiles } from "../../src/tools/sync_files.ts";
import { fakeIo } from "../cli/fake_io.ts";
import { tempFolder } from "../temp_folder.ts";

/** What comparing a file that is out of date prints. */
async function compared(color: boolean): Promise<string> {
  await using folder = await tempFolder({ "a.yaml": "# mark\none\ntwo\n" });
  const { io, said } = fakeIo({ color });
  const files = [{ path: "a.yaml", text: "# mark\none\n\x1b[31mthree\n" }];
  const options = { check: true, mark: "mark", fix: "x" };
  assert.equal(await syncFiles(folder.path, files, options, io), 1);
  return said.out;
}

Deno.test("syncFiles() paints a difference on a terminal, and nothing that a file says", async () => {
  const plain = await compared(false);
  assert.match(
    plain,
    /^--- a\/a\.yaml\n\+\+\+ b\/a\.yaml\n@@ .*\n # mark\n one\n-two\n\+\\u\{1b\}\[31m/,
  );
  const painted = await compared(true);
  assert.ok(
    painted.includes("\n\x1b[31m-two\x1b[39m\n\x1b[32m+\\u{1b}[31mthree\x1b[39m\n"),
    painted,
  );
  // deno-lint-ignore no-control-regex -- colour is made of control characters
  assert.equal(painted.replace(/\x1b\[\d+m/g, ""), plain);
});
