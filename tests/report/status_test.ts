import assert from "node:assert/strict";
import { fleetStatus, RELEASE_STATES, type StatusInput } from "../../src/ledger/fleet_status.ts";
import type { OwedOutcome } from "../../src/ledger/ledger_record.ts";
import { statusMarkdown } from "../../src/report/status_markdown.ts";
import { statusPage } from "../../src/report/status_page.ts";
import { statusJson, statusTables } from "../../src/report/status_tables.ts";
import { ageOf, leadOf, type StatusReport, whyOf } from "../../src/report/status_words.ts";
import { clusterOf, commit, owedUpgrade, stored } from "../ledger/fleets.ts";

const PAGE = "https://github.com/octo/infrastructure";
const RUN = `${PAGE}/actions/runs/456/attempts/1`;
const PLAIN = { color: false, width: 200 };
const NOW = Date.UTC(2026, 10, 1, 12);

/** A report about two clusters in which each state occurs. */
function reportOf(
  input: Partial<StatusInput> = {},
  rest: Partial<StatusReport> = {},
): StatusReport {
  const status = fleetStatus({
    clusters: [clusterOf("lake", "staging", "plankton", "krill"), clusterOf("sea", "staging")],
    since: commit("0"),
    paused: { "sea/support chart": "moving regions" },
    records: [
      stored(9, {
        owed: [
          owedUpgrade("lake/plankton"),
          owedUpgrade("lake/krill", "blocked", { base: commit("c") }),
          owedUpgrade("pond/squid"),
        ],
        deployed: { [commit("f")]: ["lake/staging", "lake/support chart"] },
      }),
      stored(3, { owed: [owedUpgrade("lake/plankton")] }),
    ],
    ...input,
  });
  return {
    status,
    repository: "octo/infrastructure",
    page: PAGE,
    distance: { ahead: 0, behind: 0 },
    dates: new Map([[commit("f"), "2026-11-01T08:00:00Z"], [commit("b"), "2026-10-01T12:00:00Z"]]),
    now: NOW,
    ...rest,
  };
}

Deno.test("statusTables() puts what needs a look first, with why, since when, and the run", () => {
  const lines = statusTables(reportOf(), PLAIN).split("\n");
  assert.match(lines[0] ?? "", /^octo\/infrastructure 1 unknown, 1 owed, 1 paused, 3 current$/);
  assert.match(
    lines[1] ?? "",
    /about f{12}, which is 4 h old. .*by github-actions\[bot\] at 20/,
  );
  const order = ["lake .*plankton .*unknown", "krill .*owed", "support chart .*paused", "staging"]
    .map((pattern) => lines.findIndex((line) => new RegExp(pattern).test(line)));
  assert.deepEqual(order, order.toSorted((a, b) => a - b));
  assert.ok(Number(order[0]) > 0);
  const [plankton = "", run = ""] = lines.slice(order[0], Number(order[0]) + 2);
  assert.match(
    plankton,
    / as of b{12} +│ 31 days +│ failed: .*since 2026-11-01 03:00 UTC \(9 h\)/,
  );
  assert.match(run, new RegExp(RUN));
  assert.match(lines.join("\n"), /paused in the config: moving regions; nothing is owed/);
});

Deno.test("statusTables() lists what one commit deployed on a cluster in one row", () => {
  const rows = statusTables(reportOf(), PLAIN).split("\n");
  assert.ok(rows.some((row) => /lake +│ f{12} +│ 4 h +│ support chart, staging +│/.test(row)));
  assert.ok(rows.some((row) => /sea +│ as of f{12} +│ 4 h +│ staging +│/.test(row)));
});

Deno.test("statusTables() colours states", () => {
  const text = statusTables(reportOf(), { ...PLAIN, color: true });
  // deno-lint-ignore no-control-regex -- colours
  assert.match(text, /\x1b\[31munknown\x1b\[39m[^]*\x1b\[33mowed\x1b\[39m/);
});

const DRAWN: Readonly<Record<string, (report: StatusReport) => string>> = {
  "statusTables()": (report) => statusTables(report, PLAIN),
  "statusMarkdown()": statusMarkdown,
  "statusPage()": statusPage,
};

for (const [name, draw] of Object.entries(DRAWN)) {
  Deno.test(`${name} names every release, and those that are gone`, () => {
    const text = draw(reportOf());
    for (const word of ["lake", "plankton", "krill", "support chart", "sea", "pond", "squid"]) {
      assert.ok(text.includes(word), word);
    }
    assert.ok(text.includes(RUN));
  });

  Deno.test(`${name} says nothing of what is not current where all is`, () => {
    const text = draw(reportOf({ records: [stored(9)], paused: {} }));
    assert.doesNotMatch(text, /Not current|does not have it\b/);
    assert.match(text, /6 current/);
  });

  Deno.test(`${name} copes with a fleet that has nothing`, () => {
    assert.match(draw(reportOf({ clusters: [], records: [] })), /no releases/);
  });
}

/** What may stand in a name, or in what GitHub says. */
const HOSTILE = [
  '<img src=x onerror="alert(1)">',
  "</code></style><script>alert(1)</script>",
  "' onmouseover='x",
  "&lt;b&gt; @octocat #1 ![x](https://evil.example/x)",
  "\u202e\u001b[31m\n::error::x",
];

/** A tag of the page's own: none that runs or loads anything, and no attribute that does. */
const OWN_TAG = new RegExp(
  "^<(?:!doctype html|/?(?:html|head|meta|title|style|body|header|main|footer|section|div|h[123]|" +
    "p|ul|li|b|br|a|code|span)(?: (?:lang|charset|name|content|http-equiv|class|role|href|" +
    'aria-label|aria-hidden)="[^"]*")*)>$',
);

for (const text of HOSTILE) {
  const report = reportOf({
    clusters: [clusterOf(text, text, "staging")],
    paused: { [text]: text },
    records: [{ ...stored(9, { owed: [owedUpgrade(`${text}`)] }), writtenBy: text }],
  });

  Deno.test(`statusPage() has no markup of others': ${JSON.stringify(text)}`, () => {
    const page = statusPage(report);
    // Every bracket is that of a tag of the page's own, with attributes of its own.
    const tags = [...page.matchAll(/<[^<>]*>/g)].map(([tag]) => tag);
    assert.equal(page.split("<").length, tags.length + 1);
    for (const tag of tags) assert.match(tag, OWN_TAG);
    // deno-lint-ignore no-control-regex -- that is what must not be there
    assert.doesNotMatch(page, /[\x00-\x09\x0b-\x1f\u202e]|^::/m);
  });

  Deno.test(`statusMarkdown() and statusTables() keep text as text: ${JSON.stringify(text)}`, () => {
    assert.doesNotMatch(statusMarkdown(report), /<(?:img|script)|@octocat|!\[x|\u202e/);
    // deno-lint-ignore no-control-regex -- that is what must not be there
    assert.doesNotMatch(statusTables(report, PLAIN), /[\x00-\x09\x0b-\x1f\u202e]|^::/m);
  });
}

Deno.test("statusMarkdown() is tables, of which the long one is folded", () => {
  const clusters = [
    clusterOf("lake", "plankton", ...Array.from({ length: 12 }, (_, n) => `h${n}`)),
  ];
  const [open = "", folded = ""] = statusMarkdown(reportOf({ clusters })).split(/<\/?details>/);
  assert.match(
    open,
    /\n\| <code>lake<\/code> \| <code>plankton<\/code> \| unknown \| as of \[.* \| 31 days \| <code>fai/,
  );
  assert.ok(open.includes(`| [456](${RUN}) |\n`));
  assert.match(folded, /^\n<summary>13 releases<\/summary>/);
  assert.equal(folded.match(/^\| <code>lake<\/code> \| /gm)?.length, 13);
});

Deno.test("statusPage() is one file that loads nothing and runs nothing", () => {
  const page = statusPage(reportOf());
  assert.match(page, /^<!doctype html>\n<html lang="en">/);
  assert.match(page, /Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-i/);
  assert.doesNotMatch(page, /<(?:script|link|img|iframe)|@import|url\(/);
});

Deno.test("statusPage() draws a row a cluster and a cell a release, each state with mark and word", () => {
  const page = statusPage(reportOf());
  const rows = page.split('<section class="cluster">').slice(1);
  assert.deepEqual(rows.map((row) => row.match(/<h3>(.+?)<\/h3>/)?.[1]), ["lake", "sea"]);
  assert.deepEqual(rows.map((row) => row.split("<li ").length - 1), [4, 2]);
  for (
    const [state, mark] of [["unknown", "?"], ["owed", "!"], ["paused", "‖"], ["current", "✓"]]
  ) {
    const cell = page.match(new RegExp(`<li class="${state}">.*`, "g"))?.at(-1) ?? "";
    assert.ok(cell.includes(`aria-hidden="true">${mark}</span>`), cell);
    assert.match(cell, new RegExp(`>(?:, )?${state}</span>`));
  }
  assert.match(
    rows[0] ?? "",
    new RegExp(`<a href="${PAGE}/commit/f{40}"><code>f{7}</code></a>, 4 h`),
  );
  assert.match(rows[0] ?? "", new RegExp(`<a href="${RUN}">run<`));
});

Deno.test("statusPage() has a legend with a count of each state", () => {
  const [legend = ""] = statusPage(reportOf()).match(/<ul class="legend"[^]*?<\/ul>/) ?? [];
  for (const [index, state] of RELEASE_STATES.entries()) {
    assert.match(legend, new RegExp(`>${[1, 1, 1, 3][index]} ${state}<`));
  }
});

Deno.test("statusJson() gives every release with its commit, date, debt and run", () => {
  const { releases, ...json } = JSON.parse(statusJson(reportOf()));
  assert.deepEqual(json, {
    version: 1,
    repository: "octo/infrastructure",
    as_of: commit("f"),
    record: {
      deployment: 309,
      written_at: "2026-11-01T09:00:00.000Z",
      written_by: "github-actions[bot]",
    },
    checked_out: { ahead: 0, behind: 0 },
    gone: [owedUpgrade("pond/squid")],
  });
  assert.equal(releases.length, 6);
  assert.deepEqual(releases[2], {
    cluster: "lake",
    release: "plankton",
    phase: "prod",
    state: "unknown",
    commit: commit("b"),
    commit_is: "up to date",
    owed: {
      base: commit("b"),
      outcome: "failed",
      run: 456,
      attempt: 1,
      since: "2026-11-01T03:00:00.000Z",
      url: RUN,
    },
    paused: null,
    committed_at: "2026-10-01T12:00:00Z",
  });
  assert.equal(releases[3].committed_at, null);
});

Deno.test("leadOf() says what the record does not", () => {
  const lead = (input: Partial<StatusInput>, rest: Partial<StatusReport> = {}) =>
    leadOf(reportOf(input, rest), { text: (text) => text, commit: (hash) => hash.slice(0, 3) })
      .join("\n");
  assert.match(lead({ records: [] }), /^There is no record yet: everything .* at 000, where/);
  assert.match(lead({}, { distance: { ahead: 1, behind: 0 } }), /is 1 commit newer: .* not in the/);
  assert.match(lead({}, { distance: { ahead: 0, behind: 2 } }), /lacks 2 commits of it: .* be old/);
  assert.match(lead({}, { distance: undefined }), /does not have that commit: run "git fetch"/);
  assert.doesNotMatch(lead({}), /checked out|clone/);
  const records = [{ ...stored(9), writtenBy: undefined }];
  assert.match(lead({ records }), /It was written at 2026-11-01 09:00 UTC, as deployment 309\./);
});

Deno.test("whyOf() says of a pause whether it goes on", () => {
  const why = (paused: Readonly<Record<string, string>>, outcome: OwedOutcome) => {
    const records = [stored(9, { owed: [owedUpgrade("lake/plankton", outcome)] })];
    const { status } = reportOf({ records, paused });
    return status.releases.filter(({ release }) => release === "plankton")
      .map((release) => whyOf(release, NOW).replace(/; owed since .*/, "")).join();
  };
  const paused = { lake: "exams" };
  assert.equal(why({}, "paused"), "it was paused in the config");
  assert.equal(why(paused, "paused"), "paused in the config: exams");
  assert.match(why(paused, "blocked"), /^blocked: .*; paused in the config: exams$/);
  assert.match(why({}, "lost"), /^lost: /);
});

Deno.test("ageOf() counts in the unit that fits", () => {
  const ages = [
    ["2026-11-01T12:00:30Z", "0 min"],
    ["2026-11-01T11:59:00Z", "1 min"],
    ["2026-11-01T11:00:00Z", "1 h"],
    ["2026-10-30T13:00:00+01:00", "2 days"],
    ["2026-09-03T12:00:00Z", "59 days"],
    ["2026-08-01T12:00:00Z", "3 months"],
    ["2023-10-01T12:00:00Z", "3 years"],
  ];
  for (const [date = "", age] of ages) assert.equal(ageOf(date, NOW), age);
});
