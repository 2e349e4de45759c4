import assert from "node:assert/strict";
import fc from "fast-check";
import type { Plan } from "../../src/plan/schema.ts";
import { visible } from "../../src/text/visible.ts";
import { planMarkdown } from "../../src/report/markdown.ts";
import { countUpgrades } from "../../src/report/summary.ts";
import { EMPTY, EXAMPLE, nasty, plans } from "./arbitraries.ts";
import { type Block, leftOutOf, parseReport, rowsOf } from "./parse_report.ts";

const NO_LIMIT = { limit: 10_000_000 };
const RUN = "https://github.com/some-organization/infrastructure/actions/runs/12345678901";

Deno.test("planMarkdown() says how much, then what on each cluster, then why, then the notices", () => {
  assert.equal(
    planMarkdown(EXAMPLE, { ...NO_LIMIT, event: "pull_request" }),
    `## Deployment plan

Merging this upgrades 2 support charts, 2 staging hubs and 2 prod hubs on 3 clusters. See also 1 notice below.

On each cluster, the support chart and the staging hubs go first; its prod hubs follow where those succeed.

| Cluster | Provider | Support chart | Staging hubs | Prod hubs |
| - | - | - | - | - |
| <code>earth</code> | <code>gcp</code> | yes | <code>dask-staging</code> <code>staging</code> | <code>demo</code> |
| <code>mars</code> | <code>aws</code> | yes | | |
| <code>venus</code> | <code>kubeconfig</code> | | | <code>prod</code> |

\`\`\`mermaid
flowchart LR
  canary0["earth: support chart, dask-staging, staging"] -->|passed| prod0(["earth: demo"])
  canary1["mars: support chart"]
  prod2(["venus: prod"])
\`\`\`

### Why

| Because of | Upgrade |
| - | - |
| <code>config/clusters/earth/cluster.yaml (rule: cluster file)</code> | <code>earth</code>: support chart |
| <code>the prod hubs behind them (rule: staging before prod)</code> | <code>earth</code>: staging <code>dask-staging</code> <code>staging</code> |
| <code>config/clusters/earth/demo.values.yaml (rule: hub values file)</code> | <code>earth</code>: prod <code>demo</code> |
| <code>helm-charts/support/values.yaml (rule: all support charts)</code> | <code>mars</code>: support chart |
| <code>deployer/a.py</code> | <code>venus</code>: prod <code>prod</code> |

### Notices

- Notice: <code>Cluster venus has no staging hub</code>
`,
  );
});

Deno.test("planMarkdown() begins with words that fit the event", () => {
  for (
    const [event, subject] of [
      ["pull_request", "Merging this"],
      ["merge_group", "Merging this"],
      ["push", "This push"],
      ["workflow_dispatch", "This run"],
      ["schedule", "This run"],
      ["", "This change"],
    ] as const
  ) {
    const options = { ...NO_LIMIT, event };
    assert.ok(planMarkdown(EXAMPLE, options).includes(`\n${subject} upgrades 2 support`), event);
    assert.ok(planMarkdown(EMPTY, options).includes(`\n${subject} deploys nothing.`), event);
  }
});

Deno.test("planMarkdown() says what goes first only where something follows", () => {
  const order = /the staging hubs go first/;
  assert.match(planMarkdown(EXAMPLE, NO_LIMIT), order);
  assert.doesNotMatch(planMarkdown({ ...EXAMPLE, prod: [] }, NO_LIMIT), order);
  assert.doesNotMatch(planMarkdown({ ...EXAMPLE, support_and_staging: [] }, NO_LIMIT), order);
});

Deno.test("planMarkdown() says that a plan upgrades nothing, and what else there is to know", () => {
  assert.equal(
    planMarkdown(EMPTY, NO_LIMIT),
    "## Deployment plan\n\nThis change deploys nothing.\n",
  );
  const notices = [...EXAMPLE.notices, { level: "warning" as const, message: "A hub is gone" }];
  assert.equal(
    planMarkdown({ ...EMPTY, notices }, NO_LIMIT),
    `## Deployment plan

This change deploys nothing. See also 1 warning and 1 notice below.

### Notices

- **Warning**: <code>A hub is gone</code>
- Notice: <code>Cluster venus has no staging hub</code>
`,
  );
});

/** The parts of a report on a plan. */
function read(plan: Plan, limit = NO_LIMIT.limit, runUrl?: string) {
  const markdown = planMarkdown(plan, { limit, runUrl });
  assert.ok(markdown.length <= limit, `${markdown.length} of ${limit}`);
  const blocks = parseReport(markdown, runUrl === undefined ? [] : [runUrl]);
  const why = blocks.findIndex((block) => block.kind === "heading" && block.text === "Why");
  const notices = blocks.findIndex((block) => block.kind === "heading" && block.text === "Notices");
  const part = (from: number, to: number) => blocks.slice(from, to < 0 ? undefined : to);
  return {
    markdown,
    lead: part(0, 2),
    overview: part(2, why < 0 ? notices : why),
    why: why < 0 ? [] : part(why, notices),
    notices: notices < 0 ? [] : part(notices, -1),
  };
}

const itemsOf = (blocks: readonly Block[]) =>
  blocks.flatMap((block) => block.kind === "list" ? block.items : []);
const clusterNames = ({ support_and_staging, prod }: Plan) =>
  [...new Set([...support_and_staging, ...prod].map((row) => row.cluster_name))].sort();
/** A plan whose every leg upgrades something, as in all that `plan` makes. */
const sensible = (plan: Plan): Plan => ({
  ...plan,
  support_and_staging: plan.support_and_staging.map((row) => ({
    ...row,
    upgrade_support: row.upgrade_support || row.staging_hubs.length === 0,
  })),
});

Deno.test("planMarkdown() makes nothing but text of names and reasons, and hides none of it", () => {
  fc.assert(
    fc.property(plans(nasty).map(sensible), (plan) => {
      const { overview, why, notices } = read(plan);
      const clusters = clusterNames(plan);
      assert.deepEqual(rowsOf(overview).map(([name]) => name), clusters.map(visible));
      const hubs = plan.prod.map((row) => visible(row.hub_name));
      const shown = rowsOf(overview).map((row) => row[4]).join(" ");
      for (const hub of hubs) assert.ok(shown.includes(hub), `${hub} in ${shown}`);
      const reasons = rowsOf(why).map(([why]) => why);
      for (const { reason } of plan.prod) assert.ok(reasons.includes(visible(reason)));
      assert.deepEqual(
        itemsOf(notices).map((item) => item.replace(/^\w+: /, "")).sort(),
        plan.notices.map(({ message }) => visible(message)).sort(),
      );
    }),
    { seed: 1, numRuns: 300 },
  );
});

const longText = fc.oneof(nasty, nasty.map((text) => text.repeat(200)));
const limits = fc.oneof(
  fc.integer({ min: 2_000, max: 5_000 }),
  fc.integer({ min: 5_000, max: 65_536 }),
);

Deno.test("planMarkdown() never exceeds its limit, keeps the counts, and counts all that it leaves out", () => {
  const cut = { clusters: 0, notices: 0, reasons: 0 };
  fc.assert(
    fc.property(
      fc.tuple(plans(longText, 40).map(sensible), limits, fc.constantFrom(undefined, RUN)),
      ([plan, limit, runUrl]) => {
        const { lead, overview, why, notices } = read(plan, limit, runUrl);
        const clusters = clusterNames(plan);
        if (clusters.length > 0) {
          const [, says] = lead;
          assert.ok(says?.kind === "paragraph" && says.text.includes(countUpgrades(plan)));
        }
        const leftClusters = leftOutOf(overview, "clusters");
        assert.equal(rowsOf(overview).length + leftClusters, clusters.length);
        const leftNotices = leftOutOf(notices, "notices");
        assert.equal(itemsOf(notices).length + leftNotices, plan.notices.length);
        const leftReasons = leftOutOf(why, "reasons");
        const { why: whole } = read(plan);
        assert.equal(rowsOf(why).length + leftReasons, rowsOf(whole).length);
        cut.clusters += leftClusters;
        cut.notices += leftNotices;
        cut.reasons += leftReasons;
      },
    ),
    { seed: 2, numRuns: 16 },
  );
  for (const [what, count] of Object.entries(cut)) assert.ok(count > 20, `${what}: ${count}`);
});

Deno.test("planMarkdown() leaves nothing out where all of it fits", () => {
  fc.assert(
    fc.property(plans(nasty, 40), (plan) => {
      const whole = planMarkdown(plan, NO_LIMIT);
      assert.doesNotMatch(whole, /^\d+ more of /m);
      assert.equal(planMarkdown(plan, { limit: whole.length, runUrl: RUN }), whole);
    }),
    { seed: 4, numRuns: 100 },
  );
});

/** A plan for so many clusters, each with prod hubs. */
function fleet(clusters: number, hubs: number): Plan {
  const reason = "deployer/commands/deploy.py (rule: all hubs)";
  const names = Array.from({ length: clusters }, (_, index) => `cluster-${100 + index}`);
  return {
    ...EMPTY,
    support_and_staging: names.map((cluster_name) => ({
      cluster_name,
      provider: "gcp",
      upgrade_support: false,
      support_reason: "",
      staging_hubs: ["staging"],
      staging_reason: reason,
    })),
    prod: names.flatMap((cluster_name) =>
      Array.from({ length: hubs }, (_, index) => ({
        cluster_name,
        provider: "gcp",
        hub_name: `hub-${100 + index}`,
        reason,
      }))
    ),
    notices: [{ level: "notice", message: "Something to know" }],
  };
}

/** A plan in which each prod hub has a reason of its own. */
function variedFleet(clusters: number, hubs: number): Plan {
  const plan = fleet(clusters, hubs);
  return { ...plan, prod: plan.prod.map((row, index) => ({ ...row, reason: `${index}.yaml` })) };
}

Deno.test("planMarkdown() leaves out reasons before names of hubs, and those before clusters", () => {
  const plan = variedFleet(60, 8);
  const whole = read(plan).markdown.length;
  const found = { whole: 0, reasons: 0, hubs: 0, clusters: 0 };
  for (let limit = whole; limit > 2_000; limit -= 1_500) {
    const { overview, why, notices } = read(plan, limit, RUN);
    const reasonsLeft = leftOutOf(why, "reasons");
    const counted = rowsOf(overview).filter((row) => row[4] === "8 hubs").length;
    const clustersLeft = leftOutOf(overview, "clusters");
    assert.deepEqual(itemsOf(notices), ["Notice: Something to know"]);
    if (counted > 0) assert.ok(reasonsLeft >= 480, "no reasons where names are missing");
    if (clustersLeft > 0) assert.equal(counted + clustersLeft, 60, "no names without clusters");
    found[
      clustersLeft > 0 ? "clusters" : counted > 0 ? "hubs" : reasonsLeft > 0 ? "reasons" : "whole"
    ]++;
  }
  for (const [what, count] of Object.entries(found)) assert.ok(count > 0, what);
});

Deno.test("planMarkdown() leaves out no more reasons than it has to", () => {
  const plan = variedFleet(20, 10);
  const whole = planMarkdown(plan, NO_LIMIT).length;
  const left = leftOutOf(read(plan, whole - 1, RUN).why, "reasons");
  assert.ok(left > 0 && left <= 2, `${left} reasons`);
});

/** Changes of a fleet of 6 clusters with 3 prod hubs each, and the rows that say why. */
const WHY: Readonly<Record<string, readonly [(plan: Plan) => Plan, readonly string[][]]>> = {
  "what holds for all clusters once": [
    (plan) => plan,
    [["deployer/commands/deploy.py (rule: all hubs)", "all 6 clusters: staging hubs, prod hubs"]],
  ],
  "the exceptions by name": [
    (plan) => ({
      ...plan,
      support_and_staging: plan.support_and_staging.slice(1).map((row) => ({
        ...row,
        upgrade_support: true,
        support_reason: "values.yaml (rule: all support charts)",
      })),
      prod: plan.prod.map((row, index) => index === 17 ? { ...row, reason: "another" } : row),
    }),
    [
      [
        "deployer/commands/deploy.py (rule: all hubs)",
        "cluster-100: prod hubs; all 6 clusters but cluster-100 cluster-105: staging hubs, prod " +
        "hubs; cluster-105: staging hubs, prod hub-100 hub-101",
      ],
      ["values.yaml (rule: all support charts)", "all 6 clusters but cluster-100: support chart"],
      ["another", "cluster-105: prod hub-102"],
    ],
  ],
  "each cause of a reason by itself": [
    (plan) => ({
      ...plan,
      support_and_staging: plan.support_and_staging.map((row) => ({
        ...row,
        staging_reason: "a; b (rule: all hubs); hub-100 (rule: staging before prod)",
      })),
      prod: plan.prod.map((row) => ({
        ...row,
        reason: "a; b (rule: all hubs); c (rule: cluster file)",
      })),
    }),
    [
      ["a; b (rule: all hubs)", "all 6 clusters: staging hubs, prod hubs"],
      ["c (rule: cluster file)", "all 6 clusters: prod hubs"],
    ],
  ],
  "that staging hubs go before prod hubs, once and in no other words": [
    (plan) => ({
      ...plan,
      support_and_staging: plan.support_and_staging.map((row) => ({
        ...row,
        staging_reason: `${row.cluster_name} (rule: staging before prod)`,
      })),
      prod: [],
    }),
    [["the prod hubs behind them (rule: staging before prod)", "all 6 clusters: staging hubs"]],
  ],
};

for (const [what, [change, rows]] of Object.entries(WHY)) {
  Deno.test(`planMarkdown() says ${what}`, () => {
    assert.deepEqual(rowsOf(read(change(fleet(6, 3))).why), rows);
  });
}

Deno.test("planMarkdown() names at most thirty clusters for a reason", () => {
  const plan = fleet(80, 1);
  const prod = plan.prod.map((row, index) => index < 40 ? { ...row, reason: "x" } : row);
  const [, [, upgrade = ""] = []] = rowsOf(read({ ...plan, prod }).why);
  assert.match(upgrade, /^cluster-100 .* cluster-129 and 10 more: prod hubs$/);
});

Deno.test("planMarkdown() folds tables of more than ten rows", () => {
  for (const [clusters, folded] of [[10, []], [11, ["11 clusters"]]] as const) {
    const summaries = read(fleet(clusters, 1)).overview
      .flatMap((block) => block.kind === "details" ? [block.summary] : []);
    assert.deepEqual(summaries, folded);
  }
});

Deno.test("planMarkdown() names warnings before notices, and leaves notices out first", () => {
  const notices = Array.from({ length: 100 }, (_, index) => ({
    level: index % 10 === 9 ? "warning" as const : "notice" as const,
    message: `${index} ${"x".repeat(50)}`,
  }));
  const whole = itemsOf(read({ ...EMPTY, notices }).notices);
  assert.deepEqual(
    whole.map((item) => item.slice(0, 8)),
    [...Array(10).fill("Warning:"), ...Array(90).fill("Notice: ")],
  );
  const { lead, notices: short } = read({ ...EMPTY, notices }, 2_000);
  assert.equal(itemsOf(short).filter((item) => item.startsWith("Warning")).length, 10);
  assert.ok(leftOutOf(short, "notices") > 50);
  assert.deepEqual(lead[1], {
    kind: "paragraph",
    text: "This change deploys nothing. See also 10 warnings and 90 notices below.",
  });
});

Deno.test("planMarkdown() leaves out notices before clusters, but not all of them", () => {
  const notices = Array.from({ length: 100 }, (_, index) => ({
    level: "notice" as const,
    message: `${index} ${"x".repeat(100)}`,
  }));
  const { overview, notices: short } = read({ ...fleet(60, 8), notices }, 9_000, RUN);
  assert.equal(rowsOf(overview).length, 60);
  assert.ok(leftOutOf(short, "notices") > 50 && itemsOf(short).length > 5);
});

Deno.test("planMarkdown() says where to read what it leaves out", () => {
  const plan = variedFleet(60, 8);
  assert.ok(planMarkdown(plan, { limit: 3_000, runUrl: RUN }).includes(`: see [the run](${RUN}).`));
  assert.doesNotMatch(planMarkdown(plan, { limit: 3_000 }), /\[|\]\(/);
  assert.ok(!planMarkdown(plan, { ...NO_LIMIT, runUrl: RUN }).includes(RUN));
});

Deno.test("planMarkdown() says whose canaries stand before the prod hubs", () => {
  const options = { limit: 10_000 };
  assert.match(planMarkdown(EXAMPLE, options), /its prod hubs follow where those succeed/);
  const fleet = planMarkdown({ ...EXAMPLE, gate: "fleet" }, options);
  assert.match(fleet, /the prod hubs follow where all of those succeed/);
});

Deno.test("planMarkdown() says the order of waves, and the wave of each cluster", () => {
  const text = planMarkdown({ ...EXAMPLE, waves: [["venus"], ["earth", "mars"]] }, NO_LIMIT);
  assert.match(
    text,
    /^There are 2 waves: each later one starts once those before it are over, and/m,
  );
  const rows = text.split("\n").filter((line) => /^\| (?:Wave|\d) /.test(line))
    .map((line) => line.split(" | ").slice(0, 2).join(" "));
  assert.deepEqual(rows, [
    "| Wave Cluster",
    "| 1 <code>venus</code>",
    "| 2 <code>earth</code>",
    "| 2 <code>mars</code>",
  ]);
  const one = planMarkdown({ ...EXAMPLE, waves: [[], ["earth", "mars", "venus"]] }, NO_LIMIT);
  assert.match(one, /^All of it is in wave 2\.$/m);
  assert.doesNotMatch(planMarkdown(EXAMPLE, NO_LIMIT), /wave/i);
});

Deno.test("planMarkdown() says first why GitHub would refuse a plan, as text", () => {
  const refused = ["Cannot plan 2 staging hubs of <b>", ...Array(9).fill("more")];
  const text = planMarkdown(EXAMPLE, { ...NO_LIMIT, event: "pull_request", refused });
  assert.match(
    text,
    /^## Deployment plan\n\n> \[!CAUTION\]\n> <code>Cannot plan 2 staging hubs of &#60;b&#62;<\/code>\n\n> /,
  );
  assert.match(text, /^Once that is put right, merging this upgrades 2 support charts/m);
  assert.equal(text.split("> [!CAUTION]").length - 1, 5);
});
