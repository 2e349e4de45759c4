import assert from "node:assert/strict";

/** A part of a report, as a reader of Markdown sees it. */
export type Block =
  | { readonly kind: "heading" | "paragraph"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly string[] }
  | { readonly kind: "picture"; readonly lines: readonly string[] }
  | { readonly kind: "table"; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: "details"; readonly summary: string; readonly blocks: readonly Block[] };

/**
 * Reads a report strictly: every element that is opened is closed, every row has as many cells as
 * the head, and nothing stands in it but what a report is made of.
 */
export function parseReport(markdown: string, links: readonly string[] = []): readonly Block[] {
  assert.match(markdown, /^[\n\x20-\x7e]*$/, "ASCII, so that a character is a byte");
  assert.ok(markdown.endsWith("\n"));
  const [blocks, rest] = parseBlocks(markdown.split("\n").slice(0, -1), links);
  assert.deepEqual(rest, [], "nothing is closed that was not opened");
  return blocks;
}

/** The rows of all tables, folded ones included. */
export function rowsOf(blocks: readonly Block[]): readonly (readonly string[])[] {
  return blocks.flatMap((block) =>
    block.kind === "table" ? block.rows : block.kind === "details" ? rowsOf(block.blocks) : []
  );
}

/** What a report leaves out, as it says itself: `3 more of 7 clusters`. */
export function leftOutOf(blocks: readonly Block[], what: string): number {
  const found = blocks.flatMap((block) => block.kind === "details" ? block.blocks : [block])
    .flatMap((block) => block.kind === "paragraph" ? [block.text] : [])
    .flatMap((text) => [...text.matchAll(/^(\d+) more of \d+ (\w+)(?=[.:])/g)])
    .filter(([, , of]) => of === what);
  assert.ok(found.length <= 1, `${what} are counted once`);
  return Number(found[0]?.[1] ?? 0);
}

function parseBlocks(
  lines: readonly string[],
  links: readonly string[],
): readonly [readonly Block[], readonly string[]] {
  const blocks: Block[] = [];
  let rest = lines;
  while (rest.length > 0 && rest[0] !== "</details>") {
    const size = blockSize(rest);
    const [first = "", ...more] = rest.slice(0, size);
    rest = rest.slice(size);
    if (first === "<details>") {
      const summary = /^<summary>(.*)<\/summary>$/.exec(more[0] ?? "")?.[1];
      assert.ok(summary !== undefined && more.length === 1, `a summary, found ${more.join("\n")}`);
      const [inner, [close, ...after]] = parseBlocks(rest.slice(1), links);
      assert.equal(close, "</details>");
      assert.ok(inner.every((block) => block.kind !== "details"));
      blocks.push({ kind: "details", summary: plain(summary, links), blocks: inner });
      rest = after;
    } else if (first !== "") {
      blocks.push(parseBlock([first, ...more], links));
    }
  }
  return [blocks, rest];
}

/** How many lines belong together: to the next empty one. */
function blockSize(lines: readonly string[]): number {
  const empty = lines.indexOf("");
  return empty < 0 ? lines.length : Math.max(1, empty);
}

function parseBlock(lines: readonly string[], links: readonly string[]): Block {
  const [first = "", second = "", ...others] = lines;
  if (first === "```mermaid") {
    assert.equal(lines.at(-1), "```");
    return { kind: "picture", lines: lines.slice(1, -1) };
  }
  const heading = /^##+ (.+)$/.exec(first)?.[1];
  if (heading !== undefined) {
    assert.equal(lines.length, 1);
    return { kind: "heading", text: plain(heading, links) };
  }
  if (first.startsWith("| ")) {
    const columns = cellsOf(first, links);
    assert.deepEqual(cellsOf(second, links), columns.map(() => "-"));
    const rows = others.map((row) => cellsOf(row, links));
    for (const row of rows) assert.equal(row.length, columns.length);
    assert.ok(rows.length > 0, "no table without rows");
    return { kind: "table", rows };
  }
  if (first.startsWith("- ")) {
    assert.ok(lines.every((line) => line.startsWith("- ")), lines.join("\n"));
    return { kind: "list", items: lines.map((line) => plain(line.slice(2), links)) };
  }
  assert.equal(lines.length, 1, `a paragraph of one line, found ${lines.join("\n")}`);
  return { kind: "paragraph", text: plain(first, links) };
}

function cellsOf(row: string, links: readonly string[]): readonly string[] {
  assert.ok(row.startsWith("| ") && row.endsWith("|"), row);
  return row.slice(1, -1).split("|").map((cell) => plain(cell.trim(), links));
}

/** Code whose text stays text, a link, emphasis of ours, or words of ours. */
const INLINE =
  /<code>(?<code>(?:[A-Za-z0-9 /.,:;()=+-]|(?:<!-- -->)?&#\d+;)+)<\/code>|\[(?<link>[A-Za-z0-9 ]+)\]\((?<url>[^()\s]+)\)|\*\*(?<strong>\w+)\*\*|(?<br><br>)|(?<words>[A-Za-z0-9 .,:;'-]+)/gy;

/** What a reader sees of a line. */
function plain(line: string, links: readonly string[]): string {
  let [text, end] = ["", 0];
  for (const { 0: { length }, groups = {} } of line.matchAll(INLINE)) {
    const { code, link, url, strong, br, words } = groups;
    end += length;
    if (url !== undefined) assert.ok(links.includes(url), `a link to ${url}`);
    text += code === undefined
      ? link ?? strong ?? words ?? (br === undefined ? "" : "; ")
      : decode(code);
  }
  assert.equal(line.slice(end), "", "nothing that is no part of a report");
  return text;
}

function decode(code: string): string {
  assert.doesNotMatch(code, /:\/\/|www\./i);
  return code.replaceAll("<!-- -->", "").replace(
    /&#(\d+);/g,
    (_, point) => String.fromCodePoint(Number(point)),
  );
}
