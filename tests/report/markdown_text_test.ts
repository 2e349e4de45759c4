import assert from "node:assert/strict";
import fc from "fast-check";
import { visible } from "../../src/text/visible.ts";
import { code, link } from "../../src/report/markdown_text.ts";
import { anyCharacter } from "../any_character.ts";
import { NASTY, nasty } from "./arbitraries.ts";

/** An at sign, kept apart from what stands before it. */
const AT = "<!-- -->&#64;";

/** The text that a browser shows for Markdown that `code` wrote. */
function shown(markdown: string): string {
  const inner = /^<code>(.*)<\/code>$/s.exec(markdown)?.[1] ?? "not in a code element";
  return inner.replaceAll(AT, "@").replace(
    /&#(\d+);/g,
    (_, point) => String.fromCodePoint(Number(point)),
  );
}

const REASON = "config/clusters/earth/prod.values.yaml (rule: hub values file); a, b and 2 more";
for (
  const [criterion, text, written] of [
    ["leaves what reasons are usually made of readable", REASON, `<code>${REASON}</code>`],
    ["is empty for empty text, so that a table's cell is empty", "", ""],
    ["keeps the sides of an e-mail address apart", "x@b.c", "<code>x<!-- -->&#64;b.c</code>"],
    ["keeps space at either end, which Markdown would drop", " a ", "<code>&#32;a&#32;</code>"],
    ["keeps space alone", " ", "<code>&#32;</code>"],
  ] as const
) {
  Deno.test(`code() ${criterion}`, () => assert.equal(code(text), written));
}

Deno.test("code() shows the text, with nothing hidden in it", () => {
  fc.assert(
    fc.property(nasty, (text) => assert.equal(shown(code(text)), visible(text))),
    { seed: 1, numRuns: 3_000 },
  );
});

Deno.test("code() holds nothing that Markdown or HTML reads", () => {
  const text = fc.oneof(
    nasty,
    fc.constantFrom(...NASTY),
    fc.string({ unit: anyCharacter, minLength: 1 }),
  );
  fc.assert(
    fc.property(text, (text) => {
      const inner = code(text).replace(/^<code>|<\/code>$/g, "").replaceAll(AT, "")
        .replace(/&#\d+;/g, "");
      assert.match(inner, /^[A-Za-z0-9 /.,:;()=+-]*$/);
    }),
    { seed: 2, numRuns: 1_000 },
  );
});

Deno.test("code() holds nothing that GitHub makes a link of", () => {
  const part = fc.constantFrom(
    ...["http", "https", "ftp", "mailto", "xmpp", ":", "/", "//", "://", "www.", "WWW.", "w", "."],
    ...["a.b", "@", "#12", "GH-", " ", "("],
  );
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), (parts) => {
      const raw = code(parts.join("")).replace(/&#\d+;/g, "\0");
      assert.doesNotMatch(raw, /:\/\/|www\.|@|#/i);
    }),
    { seed: 3, numRuns: 5_000 },
  );
});

Deno.test("link() leaves the page of a run as it is", () => {
  const url = "https://git.example.org:8443/octo/infra_structure.x/actions/runs/456/attempts/2";
  assert.equal(link("the run", url), `[the run](${url})`);
});

Deno.test("link() lets no address be more than an address", () => {
  const text = fc.oneof(nasty, fc.string({ unit: anyCharacter }));
  fc.assert(
    fc.property(text, (text) => {
      const [, address = "none"] = /^\[a\]\(([^()]*)\)$/.exec(link("a", `https://b.c/${text}`)) ??
        [];
      assert.match(address, /^https:\/\/b\.c\/[A-Za-z0-9:/?#@&=+$,;._~%-]*$/);
    }),
    { seed: 4, numRuns: 2_000 },
  );
});
