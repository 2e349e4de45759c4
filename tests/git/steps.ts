import type { FileChange } from "./fast_import.ts";

/** What is at a path: the text of a file, where nothing else is said. */
type State = string | Omit<FileChange, "path"> | null;

const LONG = "many\nlines\nof\ntext\n".repeat(20);

/** Names that a careless reader of git's output takes for something else. */
const NAMES = [
  ...["with space", " leading", "trailing ", "a,b", "it's", 'say "a"', "back\\slash", "a\tb"],
  ...["a\nb", "\n", "-leading", "--base", ":colon", "!a", "*", "[a]", "{a}", "$HOME", "`id`", "#a"],
  ...["é", "e\u0301", "日本", "😀", "a\u202eb", "a\u001b[31mb", "%20", "D", "M", "A\tb", "..a"],
  ...[":100644 100644 a b M", "\n:100644 000000 a b D", "c0ffee 2026-01-01T00:00:00+00:00 "],
];

/** What is not UTF-8 is read as this. */
const NOT_UTF8 = "\ufffd";

/** Files before a change and after it: `+` was added or modified, `-` deleted, all else neither. */
const STEPS: readonly (readonly [path: string, before: State, after: State, is: "+" | "-" | ""])[] =
  [
    [".gitattributes", "* diff=odd\n", "* diff=odd\n", ""],
    ["deep/modified", "1", "2", "+"],
    ["deep/er/added", null, "1", "+"],
    ["deleted", "1", null, "-"],
    ["old", LONG, null, "-"],
    ["renamed", null, LONG, "+"],
    ["copied", LONG, LONG, ""],
    ["copy", null, LONG, "+"],
    ["run.sh", "1", { kind: "executable", text: "1" }, "+"],
    ["now a link", "1", { kind: "link", text: "kept" }, "+"],
    ["link", { kind: "link", text: "elsewhere" }, "elsewhere", "+"],
    ["sub", null, { kind: "submodule" }, "+"],
    [NOT_UTF8, null, "1", "+"],
    ...NAMES.map((name) => [name, null, "1", "+"] as const),
    ...NAMES.map((name) => [`gone/${name}`, "1", null, "-"] as const),
  ];

/** What two commits do: the one before, and the one after. */
export const [BEFORE = [], AFTER = []] = ([1, 2] as const).map((at) =>
  STEPS.map(({ 0: name, [at]: state }): FileChange => {
    const path = name === NOT_UTF8 ? new Uint8Array([0xff]) : name;
    if (state === null) return { path, kind: "gone" };
    return typeof state === "string" ? { path, text: state } : { path, ...state };
  })
);

/** The paths that are there before, and those that were added or modified, or deleted. */
export const PATHS = {
  before: STEPS.flatMap(([path, before]) => before === null ? [] : path).sort(),
  changed: STEPS.flatMap(([path, , , is]) => is === "+" ? path : []).sort(),
  deleted: STEPS.flatMap(([path, , , is]) => is === "-" ? path : []).sort(),
};

/** Settings that change what git prints, or how. */
const ODD_SETTINGS = `
[color] ui = always
[color] diff = always
[core]
  quotePath = true
  pager = false
  abbrev = 7
  precomposeUnicode = false
[diff]
  algorithm = patience
  external = false
  ignoreSubmodules = all
  mnemonicPrefix = true
  noprefix = true
  orderFile = /dev/null
  relative = true
  renames = copies
[diff "odd"]
  command = false
  textconv = false
[format]
  pretty = oneline
  notes = *
[i18n] logOutputEncoding = UTF-16
[log]
  abbrevCommit = true
  date = raw
  decorate = full
  diffMerges = combined
  follow = true
  graphColors = red
  mailmap = true
  showRoot = false
  showSignature = true
[notes] displayRef = refs/notes/*
[status] relativePaths = true
`;

/** Gives a repository settings that must not matter. */
export async function addOddSettings(repo: string): Promise<void> {
  await Deno.writeTextFile(`${repo}/.git/config`, ODD_SETTINGS, { append: true });
}
