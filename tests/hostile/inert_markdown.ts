/** What hubwright writes as Markdown: its own markup, and text from elsewhere that is only text. */
import assert from "node:assert/strict";
import { assertInertLine } from "./inert.ts";

/** Text from elsewhere: characters that mean nothing, and references to all others. */
const TEXT = /^(?:[A-Za-z0-9 /.,:;()=+-]|&#\d+;|<!-- -->(?=&#64;))*$/;

/** The tags that hubwright writes around its own words. */
const OWN_TAG = /^<(?:br|\/?details|details open|\/?summary|\/?sub|\/?strong|\/?em)>$/;

const PICTURE_LINE =
  /^ {2}(?:canary\d+\["LABEL"\])?(?: -->\|passed\| )?(?:prod\d+\(\["LABEL"\]\))?$/;

/** A label of a picture: plain characters, and codes for all others. */
const LABEL = /"((?:[A-Za-z0-9 ,.:_-]|#\d+;)*)"/g;

export function assertInertMarkdown(markdown: string, links: readonly string[] = []): string {
  for (const line of markdown.split("\n")) assertInertLine(line);
  const withoutPicture = markdown.replace(/^```mermaid\n([^]*?)^```\n/gm, (_, chart) => {
    assertInertPicture(chart);
    return "PICTURE\n";
  });
  const skeleton = withoutPicture.replace(/<code>(.*?)<\/code>/g, (_, text) => {
    assertText(text);
    return "TEXT";
  });
  assertOwnMarkup(skeleton, links);
  return skeleton;
}

/** What stands in a code element is shown as it is, and no part of it becomes a link. */
function assertText(text: string): void {
  assert.match(text, TEXT);
  assert.doesNotMatch(text, /(?<!<!-- -->)&#64;/, "an at sign beside a word");
  const raw = text.replace(/&#\d+;/g, "\0");
  assert.doesNotMatch(raw, /:\/\/|www\.|@/i, "a link");
  const shown = text.replaceAll("<!-- -->", "")
    .replace(/&#(\d+);/g, (_, point) => String.fromCodePoint(Number(point)));
  // A browser reads some numbers as other characters; none of them may stand here.
  assert.ok(!shown.includes("\0") && shown.isWellFormed());
  for (const line of shown.split("\n")) assertInertLine(`x${line}`);
}

/** Everything else was written by hubwright: no mention, no reference, no tag but its own. */
function assertOwnMarkup(skeleton: string, links: readonly string[]): void {
  const commits = links.map((link) => link.replace(/\/actions\/.*/, `/commit/${"a".repeat(40)}`));
  const own = [...links, ...commits]
    .reduce((text, link) => text.replaceAll(`](${link})`, "](LINK)"), skeleton)
    .replace(/^<!-- deployment-plan -->\n<!-- [0-9a-f]{40} main -->\n/, "")
    .replace(/\[[0-9a-f]{7}\]\(LINK\)/g, "COMMIT");
  for (const [tag] of own.matchAll(/<[^>]*>?/g)) assert.match(tag, OWN_TAG);
  assert.doesNotMatch(own, /@|`|&|:\/\/|www\.|!\[|\]\[|\]:|\\/);
  assert.doesNotMatch(own, /(?<!^#{0,5})#|GH-\d|\b[0-9a-f]{7,40}\b/m);
  for (const [, address] of own.matchAll(/\]\(([^)]*)\)/g)) assert.equal(address, "LINK");
}

function assertInertPicture(chart: string): void {
  const [kind, ...lines] = chart.trimEnd().split("\n");
  assert.equal(kind, "flowchart LR");
  for (const line of lines) {
    assert.match(line.replace(LABEL, '"LABEL"'), PICTURE_LINE);
    for (const [, label = ""] of line.matchAll(LABEL)) assertInertLine(`x${decodeLabel(label)}`);
  }
}

export function decodeLabel(label: string): string {
  return label.replace(/#(\d+);/g, (_, point) => String.fromCodePoint(Number(point)));
}
