import assert from "node:assert/strict";
import { readOrdinaryFile } from "../../src/github/ordinary_file.ts";
import { tempFolder } from "../temp_folder.ts";

const WRONG = "Cannot accept it in the artifact";
const SPECIAL = { wrong: `${WRONG}: expected an ordinary file` };
const NO_UTF_8 = { wrong: "Cannot read it: expected text in UTF-8" };
const LARGE = "0123456789".repeat(100_000);

/** The bytes of a file, how many are accepted, and what is read. */
const FILES: readonly (readonly [what: string, file: string | number[], most: number, object])[] = [
  ["reads a file that is as large as it may be", "é\0\n", 4, { text: "é\0\n" }],
  ["reads a large file whole", LARGE, 1_000_000, { text: LARGE }],
  ["keeps a byte order mark, which JSON does not allow", "\ufeff{}", 5, { text: "\ufeff{}" }],
  ["refuses a file that is larger", "12345", 4, {
    wrong: `${WRONG}: expected at most 4 bytes, found more`,
  }],
  ["refuses a byte alone", [0xff], 9, NO_UTF_8],
  ["refuses half a character", [0xc3], 9, NO_UTF_8],
  ["refuses a surrogate", [0xed, 0xa0, 0x80], 9, NO_UTF_8],
  ["refuses a character in too many bytes", [0xc0, 0xaf], 9, NO_UTF_8],
  ["refuses another encoding", [0xff, 0xfe, 0x37, 0x00], 9, NO_UTF_8],
];

for (const [what, file, most, read] of FILES) {
  Deno.test(`readOrdinaryFile() ${what}`, async () => {
    await using folder = await tempFolder();
    const path = `${folder.path}/file`;
    const bytes = typeof file === "string" ? new TextEncoder().encode(file) : Uint8Array.from(file);
    await Deno.writeFile(path, bytes);
    assert.deepEqual(readOrdinaryFile(path, most), read);
  });
}

Deno.test("readOrdinaryFile() says why a file cannot be read, in a line", async () => {
  await using folder = await tempFolder({ file: "not a folder" });
  const missing = { wrong: "Cannot find it in the artifact" };
  assert.deepEqual(readOrdinaryFile(`${folder.path}/nowhere`, 4), missing);
  const read = readOrdinaryFile(`${folder.path}/file/x\n::error::`, 100);
  assert.match("wrong" in read ? read.wrong : "", /^Cannot read it: [^\n]+$/);
});

Deno.test("readOrdinaryFile() refuses a link wherever it leads, a folder, a device, a named pipe", async () => {
  await using folder = await tempFolder({ secret: "secret", "folder/": "" });
  for (const target of ["secret", "/etc/hostname", "link", "nowhere", "/dev/zero"]) {
    await Deno.symlink(target, `${folder.path}/link`);
    assert.deepEqual(readOrdinaryFile(`${folder.path}/link`, 100), SPECIAL, target);
    await Deno.remove(`${folder.path}/link`);
  }
  await new Deno.Command("mkfifo", { args: [`${folder.path}/pipe`] }).output();
  // It does not wait for someone to write to the pipe.
  for (
    const path of [`${folder.path}/folder`, "/dev/null", "/dev/zero", `${folder.path}/pipe`]
  ) {
    assert.deepEqual(readOrdinaryFile(path, 100), SPECIAL, path);
  }
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
