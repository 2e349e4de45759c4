import assert from "node:assert/strict";
import { readOrdinaryFile } from "../../src/github/ordinary_file.ts";
import { tempFolder } from "../temp_folder.ts";

const WRONG = "Cannot accept it in the artifact";
const SPECIAL = { wrong: `${WRONG}: expected an ordinary file` };

Deno.test("readOrdinaryFile() reads a file that is as large as it may be", async () => {
  await using folder = await tempFolder({ file: "é\0\n" });
  assert.deepEqual(readOrdinaryFile(`${folder.path}/file`, 4), { text: "é\0\n" });
});

Deno.test("readOrdinaryFile() refuses a file that is larger", async () => {
  await using folder = await tempFolder({ file: "12345" });
  assert.deepEqual(readOrdinaryFile(`${folder.path}/file`, 4), {
    wrong: `${WRONG}: expected at most 4 bytes, found more`,
  });
});

Deno.test("readOrdinaryFile() reads a large file whole", async () => {
  const text = "0123456789".repeat(100_000);
  await using folder = await tempFolder({ file: text });
  assert.deepEqual(readOrdinaryFile(`${folder.path}/file`, 1_000_000), { text });
});

Deno.test("readOrdinaryFile() says that there is no file", async () => {
  await using folder = await tempFolder();
  const missing = { wrong: "Cannot find it in the artifact" };
  assert.deepEqual(readOrdinaryFile(`${folder.path}/file`, 4), missing);
});

Deno.test("readOrdinaryFile() refuses a link, wherever it leads", async () => {
  for (const target of ["secret", "/etc/hostname", "file", "nowhere", "/dev/zero"]) {
    await using folder = await tempFolder({ secret: "secret" });
    await Deno.symlink(target, `${folder.path}/file`);
    assert.deepEqual(readOrdinaryFile(`${folder.path}/file`, 100), SPECIAL, target);
  }
});

Deno.test("readOrdinaryFile() refuses a folder and a device", async () => {
  await using folder = await tempFolder({ "folder/": "" });
  for (const path of [`${folder.path}/folder`, "/dev/null", "/dev/zero"]) {
    assert.deepEqual(readOrdinaryFile(path, 100), SPECIAL, path);
  }
});

Deno.test("readOrdinaryFile() refuses a named pipe, and does not wait for a writer", async () => {
  await using folder = await tempFolder();
  const made = await new Deno.Command("mkfifo", { args: [`${folder.path}/file`] }).output();
  assert.ok(made.success);
  assert.deepEqual(readOrdinaryFile(`${folder.path}/file`, 100), SPECIAL);
});

/** What is not UTF-8. */
const BYTES: Readonly<Record<string, readonly number[]>> = {
  "a byte alone": [0xff],
  "half a character": [0xc3],
  "a surrogate": [0xed, 0xa0, 0x80],
  "a character in too many bytes": [0xc0, 0xaf],
  "another encoding": [0xff, 0xfe, 0x37, 0x00],
};

Deno.test("readOrdinaryFile() refuses what is not UTF-8", async () => {
  await using folder = await tempFolder();
  for (const [what, bytes] of Object.entries(BYTES)) {
    await Deno.writeFile(`${folder.path}/file`, new Uint8Array(bytes));
    const wrong = "Cannot read it: expected text in UTF-8";
    assert.deepEqual(readOrdinaryFile(`${folder.path}/file`, 100), { wrong }, what);
  }
});

Deno.test("readOrdinaryFile() keeps a byte order mark, which JSON does not allow", async () => {
  await using folder = await tempFolder({ file: "\ufeff{}" });
  assert.deepEqual(readOrdinaryFile(`${folder.path}/file`, 100), { text: "\ufeff{}" });
});

Deno.test("readOrdinaryFile() says why a file cannot be read, in a line", async () => {
  await using folder = await tempFolder({ file: "not a folder" });
  const read = readOrdinaryFile(`${folder.path}/file/x\n::error::`, 100);
  assert.match("wrong" in read ? read.wrong : "", /^Cannot read it: [^\n]+$/);
});

/** What takes a file's place while it is read, again and again, each put in place at once. */
const SWAPS: Readonly<Record<string, string>> = {
  "follows no link": "ln -s ../secret l; mv -T l in/file; cp good g; mv -T g in/file",
  "waits for no named pipe": "mkfifo p; mv -T p in/file; cp good g; mv -T g in/file",
};

for (const [what, swap] of Object.entries(SWAPS)) {
  Deno.test(`readOrdinaryFile() ${what} that takes a file's place while it is read`, async () => {
    await using folder = await tempFolder({ "in/file": "fine", good: "fine", secret: "secret" });
    await using swapping = new Deno.Command("sh", {
      args: ["-c", `while :; do ${swap}; done`],
      cwd: folder.path,
      stderr: "null",
    }).spawn();
    const seen = new Set<string>();
    for (let round = 0; round < 1_000_000 && (round < 3_000 || seen.size < 2); round++) {
      const read = readOrdinaryFile(`${folder.path}/in/file`, 100);
      seen.add("text" in read ? read.text : "refused");
    }
    swapping.kill();
    assert.deepEqual([...seen].sort(), ["fine", "refused"]);
  });
}
