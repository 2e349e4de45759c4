import assert from "node:assert/strict";
import { COMMENT_MARKER } from "../../src/github/comment.ts";
import type { Plan } from "../../src/plan/schema.ts";
import { visible } from "../../src/text/visible.ts";
import { parseReport, rowsOf } from "../report/parse_report.ts";
import { EMPTY, Following, planOf, RUN_URL, said } from "./following.ts";

/** A name of a hub or a cluster with as many characters as one may have. */
const longName = (index: number) => `${"n".repeat(97)}${100 + index}`;

const names = Array.from({ length: 256 }, (_, index) => longName(index));
const huge: Plan = {
  ...planOf(...names),
  support_and_staging: names.map((cluster_name) => ({
    cluster_name,
    provider: "gcp",
    upgrade_support: true,
    support_reason: "|".repeat(2_000),
    staging_hubs: ["staging"],
    staging_reason: "\u202e".repeat(2_000),
  })),
  notices: names.map((message) => ({ level: "warning", message })),
};

Deno.test("comment stays below GitHub's limit for a huge plan, and says what it leaves out", async () => {
  await using following = await Following.of(huge);
  assert.deepEqual(await following.comment(), said("Created the comment"));
  const [body = ""] = following.bodies;
  assert.ok(body.length > 50_000 && body.length <= 65_536, String(body.length));
  assert.equal(new TextEncoder().encode(body).length, body.length);
  const blocks = parseReport(body.slice(`${COMMENT_MARKER}\n`.length), [RUN_URL]);
  const [lead, counts] = blocks;
  assert.deepEqual(lead, { kind: "heading", text: "Deployment plan" });
  assert.deepEqual(counts, {
    kind: "paragraph",
    text: "Merging this upgrades 256 support charts, 256 staging hubs and 256 prod hubs on 257 " +
      "clusters. See also 256 warnings below.",
  });
  const left = [...body.matchAll(/(\d+) more of (\d+) (\w+): see \[the run\]\((\S+)\)\./g)];
  assert.deepEqual(left.map(([, , total, what]) => [total, what]), [
    ["3", "reasons"],
    ["256", "notices"],
  ]);
  assert.ok(left.every(([, , , , url]) => url === RUN_URL));
  assert.ok(body.endsWith(`Made from [this run](${RUN_URL}).\n`));
});

Deno.test("comment stays below GitHub's limit where no reason fits", async () => {
  const plan = planOf("prod");
  const reason = "\u202e".repeat(2_000);
  await using following = await Following.of({
    ...plan,
    prod: names.map((hub_name) => ({ ...plan.prod[0], hub_name, reason })),
    notices: Array(20).fill({ level: "notice", message: reason }),
  });
  assert.deepEqual(await following.comment(), said("Created the comment"));
  const [body = ""] = following.bodies;
  assert.ok(body.length <= 65_536, String(body.length));
  assert.match(body, /1 more of 1 reasons: see \[the run\]/);
  assert.match(body, /\d+ more of 20 notices: see \[the run\]/);
  assert.ok(names.every((name) => body.includes(`<code>${name}</code>`)), "names before reasons");
});

Deno.test("comment makes no markup of what a fork wrote", async () => {
  const hostile = [
    "</code><script>alert(1)</script>",
    "</summary></details>",
    "![x](https://evil.example/x.png)",
    "[x](javascript:alert(1))",
    "https://evil.example",
    "see www.evil.example and (Www.evil.example)",
    "@octocat and @octo/team",
    "#1 GH-1 octo/infrastructure#1",
    "a\n\n# Heading\n\n- [ ] task",
    "a | b | c",
    "`code` **bold** ~~gone~~ $x$",
    "<!-- deployment-plan -->",
    "\u202ereversed",
    "&lt;b&gt;",
    ":tada:",
    "a\\",
    "\ud800",
    "\0",
    "\ufeff",
  ];
  const plan: Plan = {
    ...EMPTY,
    support_and_staging: hostile.map((text, index) => ({
      cluster_name: longName(index),
      provider: "gcp",
      upgrade_support: true,
      support_reason: text,
      staging_hubs: ["staging"],
      staging_reason: text,
    })),
    prod: hostile.map((text, index) => ({
      cluster_name: longName(index),
      provider: "gcp",
      hub_name: "prod",
      reason: text,
    })),
    notices: hostile.map((message) => ({ level: "notice", message })),
  };
  await using following = await Following.of(plan);
  assert.deepEqual(await following.comment(), said("Created the comment"));
  const [body = ""] = following.bodies;
  const blocks = parseReport(body.slice(`${COMMENT_MARKER}\n`.length), [RUN_URL]);
  const why = rowsOf(blocks).filter((row) => row.length === 2);
  assert.deepEqual(
    why,
    hostile.map((text, index) => [
      visible(text),
      `${longName(index)}: support chart, staging staging, prod prod`,
    ]),
  );
  const notices = blocks.flatMap((block) => block.kind === "list" ? block.items : []);
  assert.deepEqual(notices, hostile.map((text) => `Notice: ${visible(text)}`));
  assert.equal(body.split(COMMENT_MARKER).length, 2);
});
