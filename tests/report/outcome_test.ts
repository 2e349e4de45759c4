import assert from "node:assert/strict";
import { OUTCOME_MARKER } from "../../src/github/comment_marker.ts";
import type { EndedRelease } from "../../src/ledger/outcomes.ts";
import {
  outcomeComment,
  outcomeLine,
  outcomeMarkdown,
  outcomeMessage,
  outcomeTables,
  type RunOutcome,
} from "../../src/report/outcome.ts";
import { owedMarkdown } from "../../src/report/owed_section.ts";
import { assertInertLine, assertInertLog } from "../hostile/inert.ts";
import { assertInertMarkdown } from "../hostile/inert_markdown.ts";
import { NAMES } from "../hostile/names.ts";
import { commit, owedUpgrade } from "../ledger/fleets.ts";
import { parseReport, rowsOf } from "./parse_report.ts";

const RUN_URL = "https://github.com/octo/infrastructure/actions/runs/456";
const LEG_URL = `${RUN_URL}/job/1`;
const LINKS = [RUN_URL, LEG_URL];

function ended(key: string, outcome: EndedRelease["outcome"], url?: string): EndedRelease {
  const [cluster = "", release = ""] = key.split("/");
  return { cluster, release, outcome, url, leg: "", steps: [] };
}

const FINE: RunOutcome = {
  head: commit("a"),
  ended: [ended("lake/support chart", "success", LEG_URL), ended("lake/staging", "success")],
  held: [],
  owed: [],
};

const MIXED: RunOutcome = {
  head: commit("a"),
  ended: [
    ended("lake/staging", "success", LEG_URL),
    ended("lake/krill", "failed", LEG_URL),
    ended("lake/plankton", "lost"),
    ended("pond/newt", "blocked"),
    ended("pond/frog", "failed", LEG_URL),
  ],
  held: [{ cluster: "sea", release: "staging", why: "paused" }],
  owed: [
    owedUpgrade("lake/krill"),
    owedUpgrade("sea/staging", "paused"),
    owedUpgrade("sea/cod", "cancelled", { base: commit("b") }),
  ],
};

/** Outcomes, and the line that says them. */
const LINES: readonly (readonly [outcome: RunOutcome, line: string])[] = [
  [FINE, "deployed 2 releases at aaaaaaa"],
  [{ ...FINE, ended: FINE.ended.slice(1) }, "deployed 1 release at aaaaaaa"],
  [
    MIXED,
    "deployed 1 release at aaaaaaa; 2 failed; 1 lost; 1 blocked; 1 paused; 1 owed from before",
  ],
  [
    { ...FINE, held: [{ cluster: "sea", release: "cod", why: "blocked" }], owed: MIXED.owed },
    "deployed 2 releases at aaaaaaa; 3 owed from before",
  ],
  [
    { ...FINE, ended: [], owed: MIXED.owed.slice(2) },
    "deployed 0 releases at aaaaaaa; 1 owed from before",
  ],
];

for (const [outcome, line] of LINES) {
  Deno.test(`outcomeLine() says: ${line}`, () => {
    assert.equal(outcomeLine(outcome), line);
    const [first, second] = parseReport(outcomeMarkdown(outcome, { limit: 10_000 }), LINKS);
    assert.deepEqual(first, { kind: "heading", text: "Deployment" });
    assert.deepEqual(second, { kind: "paragraph", text: `D${line.slice(1)}.` });
    assert.ok(
      outcomeTables(outcome, { color: false, width: 160 }).startsWith(`D${line.slice(1)}.\n`),
    );
  });
}

Deno.test("outcomeMarkdown() lists what deployed, what did not and why, and what is owed from before", () => {
  const blocks = parseReport(outcomeMarkdown(MIXED, { limit: 10_000 }), LINKS);
  assert.deepEqual(
    blocks.flatMap((block) => block.kind === "heading" ? [block.text] : []),
    ["Deployment", "Not deployed, and owed", "Owed from before", "Deployed"],
  );
  assert.deepEqual(
    rowsOf(blocks).map((row) => row.map((cell) => cell.split(":")[0]).join(" ").trim()),
    [
      "lake krill failed leg",
      "lake plankton lost",
      "pond newt blocked",
      "pond frog failed leg",
      "sea staging paused in the config",
      "sea cod cancelled or timed out bbbbbbb",
      "lake staging leg",
    ],
  );
});

Deno.test("outcomeTables() say the same in a log", () => {
  const text = outcomeTables(MIXED, { color: false, width: 160 });
  for (const { release } of [...MIXED.ended, ...MIXED.owed]) assert.ok(text.includes(release));
  assert.match(text, /cod .* cancelled or timed out, since bbbbbbbbbbbb/);
  assert.doesNotMatch(outcomeTables(FINE, { color: false, width: 160 }), /[Oo]wed/);
});

Deno.test("outcomeComment() begins with its marker, links to the run and stays below GitHub's limit", () => {
  const keys = Array.from({ length: 3_000 }, (_, index) => `${"l".repeat(90)}/hub-${index}`);
  const many = {
    ...MIXED,
    ended: keys.map((key, index) => ended(key, index % 2 === 0 ? "failed" : "success", LEG_URL)),
    owed: keys.map((key) => owedUpgrade(`${key}-before`)),
  };
  for (const outcome of [FINE, MIXED, many]) {
    const body = outcomeComment(outcome, RUN_URL);
    const start = `${OUTCOME_MARKER}\n`;
    assert.ok(body.startsWith(start) && body.length <= 65_536, String(body.length));
    const blocks = parseReport(body.slice(start.length), LINKS);
    assert.deepEqual(blocks.at(-1), { kind: "paragraph", text: "This run deployed it." });
    assert.equal(/more of \d+ releases: see \[the run\]/.test(body), outcome === many);
  }
});

Deno.test("outcomeMessage() tells Slack of what did not deploy, in one message, and of nothing else", () => {
  assert.equal(outcomeMessage(FINE, "Deploy", RUN_URL), "");
  // What earlier runs owe was told of then.
  assert.equal(outcomeMessage({ ...FINE, owed: MIXED.owed }, "Deploy", RUN_URL), "");
  assert.deepEqual(JSON.parse(outcomeMessage(MIXED, "Deploy", RUN_URL)), {
    text: "Deploy: deployed 1 release at aaaaaaa; 2 failed; 1 lost; 1 blocked; 1 paused; 1 owed " +
      'from before: "lake/krill (failed)", "lake/plankton (lost)", "pond/newt (blocked)" and 2 ' +
      `more\n<${RUN_URL}|The run>`,
  });
});

/** An outcome of which every name is of a stranger's making. */
function outcomeOf(text: string): RunOutcome {
  const named = { cluster: text, release: text };
  return {
    head: commit("a"),
    ended: (["success", "failed"] as const)
      .map((outcome) => ({ ...ended("", outcome, LEG_URL), ...named })),
    held: [{ ...named, why: "paused" }],
    owed: [{ ...owedUpgrade("lake/krill"), ...named, release: `${text}x` }],
  };
}

Deno.test(`outcomeComment() and owedMarkdown() show hostile names as text: ${NAMES.length} tried`, () => {
  for (const { text } of NAMES) {
    const outcome = outcomeOf(text);
    const body = outcomeComment(outcome, RUN_URL).replace(`${OUTCOME_MARKER}\n`, "");
    // GitHub makes the commit a link, which is right.
    assertInertMarkdown(body.replace("at aaaaaaa", "at it"), LINKS);
    assertInertMarkdown(owedMarkdown(outcome.owed, RUN_URL), LINKS);
    for (const color of [false, true]) {
      assertInertLog(outcomeTables(outcome, { color, width: 80 }), { color });
    }
    assertInertLine(outcomeLine(outcome));
    const message = JSON.parse(outcomeMessage(outcome, text, RUN_URL)).text;
    assert.deepEqual(message.match(/<[^>]*>|[<>]/g), [`<${RUN_URL}|The run>`]);
    assert.doesNotMatch(message, /&(?!(?:amp|lt|gt);)/);
  }
});

Deno.test("outcomeMarkdown() makes no page of a leg more than a link", () => {
  const url = "https://evil.example/)[x](javascript:alert(1)) | <b>\n::error::x";
  const outcome = { ...FINE, ended: [ended("lake/krill", "failed", url)] };
  const [, link = ""] = /\[leg\]\(([^)]*)\)/.exec(outcomeMarkdown(outcome, { limit: 9_999 })) ?? [];
  assert.match(
    link,
    /^https:\/\/evil\.example\/%29%5Bx%5D%28javascript:alert%281%29%29%20%7C%20%3Cb/,
  );
});

Deno.test("owedMarkdown() lists apart what a merge makes up, and what is paused", () => {
  const blocks = parseReport(owedMarkdown(MIXED.owed, RUN_URL), LINKS);
  assert.deepEqual(rowsOf(blocks).map((row) => row.join(" ")), [
    "lake krill failed in run 456 bbbbbbb",
    "sea cod cancelled in run 456 bbbbbbb",
    "sea staging paused in run 456 bbbbbbb",
  ]);
  const headings = blocks.flatMap((block) => block.kind === "heading" ? [block.text] : []);
  assert.match(
    headings.join("; "),
    /^Owed by earlier runs: merging this makes .*; Paused, and owed/,
  );
  assert.equal(owedMarkdown([], RUN_URL), "");
});

Deno.test("owedMarkdown() leaves out what is too long for a comment, and says so", () => {
  const owed = Array.from({ length: 1_000 }, (_, index) => owedUpgrade(`lake/hub-${index}`));
  const text = owedMarkdown(owed, RUN_URL);
  assert.ok(text.length < 10_000, String(text.length));
  assert.match(text, /\d+ more of 1000 releases: see \[the run\]/);
});
