import assert from "node:assert/strict";
import fc from "fast-check";
import {
  formatLockFile,
  loadLock,
  parseLock,
  parseLockFile,
  readLock,
} from "../../src/config/lock_file.ts";
import { UserError } from "../../src/errors.ts";
import { findPin } from "../../src/workflow/lock.ts";
import { OWN_PINS } from "../../src/workflow/own_lock.ts";
import { anyCharacter } from "../any_character.ts";
import { ROOT, Sandbox } from "../cli/sandbox.ts";

const COMMIT = "3d3c42e5aac5ba805825da76410c181273ba90b1";
const ENTRY = `{"version": "v1", "commit": "${COMMIT}"}`;

function mistakes(text: string): readonly string[] {
  try {
    parseLockFile(text, "lock");
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.message.split("\n").map((line) => line.replace(/^lock:/, ""));
  }
}

Deno.test("parseLockFile() reads hubwright's own lock, which is as formatLockFile() writes it", async () => {
  const text = await Deno.readTextFile(`${ROOT}/actions.lock.json`);
  assert.deepEqual(parseLockFile(text, "lock"), OWN_PINS);
  assert.equal(formatLockFile(OWN_PINS), text);
  assert.ok(OWN_PINS.size >= 5);
});

const TWICE = "Cannot read it: this key is there twice; remove one of them";

const MISTAKES: readonly (readonly [text: string, ...said: readonly string[]])[] = [
  ["", "1:1: Cannot parse it as JSON: expected a value, found the end"],
  [
    `{\n  "a/b": ${ENTRY},\n}`,
    '3:1: Cannot parse it as JSON: expected double-quoted property name, found "}"',
  ],
  ["[]", "1:1: Cannot read it: expected a mapping, found a list"],
  ["null", "1:1: Cannot read it: expected a mapping, found nothing"],
  ['{"a/b": "c"}', '1:9: Cannot read "a/b": expected a mapping, found the text "c"'],
  [
    '{"a/b": {}}',
    '1:9: Cannot read "a/b.version": expected text, found nothing',
    '1:9: Cannot read "a/b.commit": expected text, found nothing',
  ],
  [
    `{"a/b": {"version": "v1", "commit": "${COMMIT}", "tag": "v1"}}`,
    '1:9: Cannot read "a/b": found the unknown key "tag"; check the spelling or remove it',
  ],
  [`{\n  "a/b": ${ENTRY},\n  "c/d": ${ENTRY},\n  "a/b": ${ENTRY}\n}`, `4:3: ${TWICE}`],
  [`{"a/b": {"version": "v1", "version": "v2", "commit": "${COMMIT}"}}`, `1:27: ${TWICE}`],
  [
    `{"a/b": {"version": "v1", "commit": "ABC"}}`,
    '1:37: Cannot read "a/b.commit": expected a commit of 40 lower-case hexadecimal digits, found ' +
    'the text "ABC"',
  ],
  [
    `{"a/b": {"version": "main", "commit": 7}}`,
    '1:21: Cannot read "a/b.version": expected a version ("v1.2.3"), found the text "main"',
    '1:39: Cannot read "a/b.commit": expected text, found the number 7',
  ],
  [
    `{"a/b": {"version": "v1", "commit": 7}, "c": ${ENTRY}, "a/b": ${ENTRY}, "d/e": 1}`,
    '1:41: Cannot read it: expected the name of an action ("owner/name"), found the text "c"',
    `1:119: ${TWICE}`,
    '1:206: Cannot read "d/e": expected a mapping, found the number 1',
  ],
];

Deno.test("parseLockFile() says what is wrong, in the order of the text", () => {
  for (const [text, ...said] of MISTAKES) assert.deepEqual(mistakes(text), said, text);
});

Deno.test("parseLockFile() says which keys are no names of actions", () => {
  const names = ["checkout", "a/../b", "", "__proto__", "a/b c", "docker://a/b"];
  const text = `{${names.map((name) => `${JSON.stringify(name)}: ${ENTRY}`).join()}}`;
  assert.deepEqual(
    mistakes(text),
    names.map((name) =>
      `1:${text.indexOf(`${JSON.stringify(name)}:`) + 1}: Cannot read it: expected the name ` +
      `of an action ("owner/name"), found the text "${name}"`
    ),
  );
});

Deno.test("parseLockFile() refuses what is not a commit or a version", () => {
  const commits = [
    "",
    COMMIT.slice(1),
    COMMIT.toUpperCase(),
    `${COMMIT}0`,
    "g".repeat(40),
    `${COMMIT}\n`,
    "HEAD",
  ];
  const versions = ["", "v", "main", "latest", "v1.2.3.4", "v1 ", "v1\n", "version 1", "v1.x"];
  const pins = [
    ...commits.map((commit) => ({ commit })),
    ...versions.map((version) => ({ version })),
  ];
  for (const pin of pins) {
    const text = JSON.stringify({ "a/b": { version: "v1", commit: COMMIT, ...pin } });
    const [key] = Object.keys(pin);
    assert.match(
      mistakes(text).join("\n"),
      new RegExp(`^1:\\d+: Cannot read "a/b.${key}".+$`),
    );
  }
});

Deno.test("formatLockFile() writes the same text whatever the order, which parseLockFile() reads back", () => {
  const hex = fc.stringMatching(/^[0-9a-f]{40}$/);
  const name = fc.stringMatching(/^[a-z][a-z-]{0,5}\/[a-z][a-z.]{0,5}(\/[a-z]{1,3})?$/);
  const version = fc.stringMatching(/^v?\d{1,3}(\.\d{1,3}){0,2}$/);
  const pin = fc.record({ version, commit: hex }, { noNullPrototype: true });
  fc.assert(
    fc.property(fc.dictionary(name, pin, { maxKeys: 8, noNullPrototype: true }), (pins) => {
      const entries = Object.entries(pins);
      const text = formatLockFile(new Map(entries));
      assert.equal(formatLockFile(new Map(entries.reverse())), text);
      assert.deepEqual([...parseLockFile(text, "lock")].sort(), entries.sort());
      assert.ok(text.endsWith("}\n"));
    }),
    { seed: 1, numRuns: 200 },
  );
});

Deno.test("parseLockFile() reads a lock or says what is wrong, whatever is done to its text", () => {
  const whole = formatLockFile(OWN_PINS);
  let [read, refused] = [0, 0];
  const edit = fc.record({
    at: fc.nat({ max: whole.length }),
    cut: fc.nat({ max: 60 }),
    put: fc.oneof(
      fc.string({ unit: anyCharacter }),
      fc.constantFrom("", "{", "}", '"', "[", "null"),
    ),
  });
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 3 }), (edits) => {
      const text = edits.reduce(
        (text, { at, cut, put }) => text.slice(0, at) + put + text.slice(at + cut),
        whole,
      );
      const said = mistakes(text);
      if (said.length === 0) read++;
      else refused++;
      for (const line of said) assert.match(line, /^\d+:\d+: Cannot /);
    }),
    { seed: 1, numRuns: 150 },
  );
  assert.ok(read > 2 && refused > 75, `${read} read, ${refused} refused`);
});

const LOCK = JSON.stringify({
  "actions/checkout": { version: "v9.0.0", commit: COMMIT },
  "owner/name": { version: "v1", commit: COMMIT },
});

Deno.test("loadLock() lets the repository's lock win over hubwright's, action by action", async () => {
  await using folder = await Sandbox.create({ "actions.lock.json": LOCK });
  const lock = await loadLock(folder.path);
  assert.deepEqual(findPin(lock, "actions/checkout"), {
    version: "v9.0.0",
    commit: COMMIT,
    source: "repository",
  });
  assert.equal(findPin(lock, "owner/name")?.source, "repository");
  assert.deepEqual(findPin(lock, "denoland/setup-deno"), {
    ...OWN_PINS.get("denoland/setup-deno"),
    source: "hubwright",
  });
  for (const name of ["owner/other", "toString", "__proto__", "Actions/Checkout"]) {
    assert.equal(findPin(lock, name), undefined);
  }
});

Deno.test("loadLock() takes hubwright's lock where the repository has none", async () => {
  await using folder = await Sandbox.create();
  assert.equal(await readLock(folder.path), undefined);
  const lock = await loadLock(folder.path);
  assert.deepEqual(lock, parseLock(undefined));
  assert.deepEqual(lock.hubwright, OWN_PINS);
  assert.equal(lock.repository.size, 0);
});

Deno.test("loadLock() says where the lock is wrong, or cannot be read", async () => {
  await using folder = await Sandbox.create({ "actions.lock.json": "{\n  oops\n}" });
  await assert.rejects(loadLock(folder.path), {
    name: "UserError",
    message: "actions.lock.json:2:3: Cannot parse it as JSON: expected property name or '}', " +
      'found "o"',
  });
  await Deno.remove(folder.join("actions.lock.json"));
  await Deno.mkdir(folder.join("actions.lock.json"));
  await assert.rejects(loadLock(folder.path), {
    name: "UserError",
    message: /^actions\.lock\.json: Cannot read it: [^\n]+$/,
  });
});
