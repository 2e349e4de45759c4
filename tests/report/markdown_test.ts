import assert from "node:assert/strict";
import fc from "fast-check";
import type { Filtered } from "../../src/filter/filter.ts";
import type { Plan } from "../../src/plan/schema.ts";
import { filteredMarkdown, planMarkdown } from "../../src/report/markdown.ts";
import { EMPTY, EXAMPLE, nasty, plans } from "./arbitraries.ts";

const NO_LIMIT = { limit: 1_000_000 };
const RUN = "https://github.com/some-organization/infrastructure/actions/runs/12345678901";

Deno.test("planMarkdown() gives each kind of leg a table", () => {
  assert.equal(
    planMarkdown(EXAMPLE, NO_LIMIT),
    `## Deployment plan

Merging this upgrades 2 support charts, 2 staging hubs and 2 prod hubs on 3 clusters.

### Support charts and staging hubs, first

| Cluster | Provider | Support chart | Staging hubs | Why |
| - | - | - | - | - |
| <code>earth</code> | <code>gcp</code> | yes | <code>dask-staging</code> <code>staging</code> | support: <code>config/clusters/earth/cluster.yaml (rule: cluster file)</code><br>staging: <code>demo (rule: staging before prod)</code> |
| <code>mars</code> | <code>aws</code> | yes | | support: <code>helm-charts/support/values.yaml (rule: all support charts)</code> |

### Prod hubs, where the canaries of their cluster passed

| Cluster | Provider | Hub | Why |
| - | - | - | - |
| <code>earth</code> | <code>gcp</code> | <code>demo</code> | <code>config/clusters/earth/demo.values.yaml (rule: hub values file)</code> |
| <code>venus</code> | <code>kubeconfig</code> | <code>prod</code> | <code>deployer/a.py</code> |

### Notices

| Level | Notice |
| - | - |
| notice | <code>Cluster venus has no staging hub</code> |
`,
  );
});

Deno.test("planMarkdown() says that a plan upgrades nothing, and why", () => {
  assert.equal(
    planMarkdown(EMPTY, NO_LIMIT),
    "## Deployment plan\n\nMerging this deploys nothing.\n",
  );
  const markdown = planMarkdown({ ...EMPTY, notices: EXAMPLE.notices }, NO_LIMIT);
  assert.match(markdown, /deploys nothing[^]*Cluster venus has no staging hub/);
});

/** A report with everything that came from the plan made the same. */
const skeleton = (markdown: string) =>
  markdown.replaceAll("<!-- -->&#64;", "&#64;")
    .replace(/<code>[^<>\n|]*<\/code>/g, "<code></code>");

Deno.test("planMarkdown() looks the same whatever the names and reasons are", () => {
  fc.assert(
    fc.property(plans(nasty), (plan) => {
      const plain: Plan = JSON.parse(
        JSON.stringify(plan),
        (key, value) => typeof value === "string" && key !== "level" ? "a" : value,
      );
      const found = skeleton(planMarkdown(plan, NO_LIMIT));
      // How many clusters there are follows from their names.
      const clusters = / on \d+ clusters?\.$/m;
      assert.equal(
        found.replace(clusters, ""),
        skeleton(planMarkdown(plain, NO_LIMIT)).replace(clusters, ""),
      );
    }),
    { seed: 1, numRuns: 1_000 },
  );
});

/** The rows of each table, and the rows that it says it leaves out. */
function tables(
  markdown: string,
): Readonly<Record<string, readonly [shown: number, more: number]>> {
  const sections = markdown.split(/^### /m).slice(1);
  return Object.fromEntries(sections.map((section) => {
    const rows = section.split("\n").filter((line) => line.startsWith("| ")).length;
    const [, more, total] = /^(\d+) more of (\d+)/m.exec(section) ?? [];
    const shown = Math.max(0, rows - 2); // the head and the line below it
    if (total !== undefined) assert.equal(shown + Number(more), Number(total), section);
    return [section.split("\n")[0], [shown, Number(more ?? 0)]];
  }));
}

const TITLES = {
  canaries: "Support charts and staging hubs, first",
  prod: "Prod hubs, where the canaries of their cluster passed",
  notices: "Notices",
} as const;

const longText = fc.oneof(nasty, nasty.map((text) => text.repeat(200)));

Deno.test("planMarkdown() never exceeds its limit, and counts every row that it leaves out", () => {
  let cut = 0;
  fc.assert(
    fc.property(
      plans(longText, 40),
      fc.oneof(fc.integer({ min: 1_000, max: 5_000 }), fc.integer({ min: 5_000, max: 65_536 })),
      fc.constantFrom(undefined, RUN),
      (plan, limit, runUrl) => {
        const markdown = planMarkdown(plan, { limit, runUrl });
        assert.ok(markdown.length <= limit, `${markdown.length} of ${limit}`);
        const found = tables(markdown);
        const rows = {
          canaries: plan.support_and_staging.length,
          prod: plan.prod.length,
          notices: plan.notices.length,
        };
        for (const key of ["canaries", "prod", "notices"] as const) {
          const [shown, more] = found[TITLES[key]] ?? [0, 0];
          assert.equal(shown + more, rows[key], key);
          if (more > 0) cut++;
        }
      },
    ),
    { seed: 2, numRuns: 150 },
  );
  assert.ok(cut > 50, `${cut} tables that leave rows out`);
});

Deno.test("planMarkdown() leaves out no more rows than it has to", () => {
  const prod = Array.from({ length: 100 }, (_, index) => ({
    cluster_name: "earth",
    provider: "gcp",
    hub_name: `hub-${index}`,
    reason: "deployer/a.py",
  }));
  const whole = planMarkdown({ ...EMPTY, prod }, NO_LIMIT);
  assert.deepEqual(tables(whole), { [TITLES.prod]: [100, 0] });
  assert.equal(planMarkdown({ ...EMPTY, prod }, { limit: whole.length }), whole);
  const [shown = 0] = tables(planMarkdown({ ...EMPTY, prod }, { limit: whole.length - 1 }))[
    TITLES.prod
  ] ?? [];
  assert.ok(shown >= 98 && shown < 100, `${shown} rows`);
});

Deno.test("planMarkdown() leaves out no row where all fit", () => {
  fc.assert(
    fc.property(plans(nasty, 40), (plan) => {
      const whole = planMarkdown(plan, NO_LIMIT);
      assert.equal(planMarkdown(plan, { limit: whole.length }), whole);
    }),
    { seed: 4, numRuns: 100 },
  );
});

Deno.test("planMarkdown() says where the rows are that it leaves out", () => {
  const plan = { ...EMPTY, notices: Array(100).fill({ level: "notice", message: "x".repeat(50) }) };
  assert.ok(planMarkdown(plan, { limit: 1_000, runUrl: RUN }).includes(`: see [the run](${RUN}).`));
  assert.doesNotMatch(planMarkdown(plan, { limit: 1_000 }), /\(|\[/);
  assert.ok(!planMarkdown(plan, { ...NO_LIMIT, runUrl: RUN }).includes(RUN));
});

const FILTERED: Filtered = {
  passed: [{ cluster_name: "earth", provider: "gcp", hub_name: "prod" }],
  blocked: [{
    job: { cluster_name: "mars", provider: "aws", hub_name: "prod" },
    reason: "the canary failed",
  }],
};

Deno.test("filteredMarkdown() says which hubs may deploy, which are blocked, and why", () => {
  assert.equal(
    filteredMarkdown(FILTERED, NO_LIMIT),
    `## Prod hubs

1 may deploy, 1 blocked.

### Blocked

| Cluster | Hub | Why |
| - | - | - |
| <code>mars</code> | <code>prod</code> | <code>the canary failed</code> |

### May deploy

| Cluster | Hub |
| - | - |
| <code>earth</code> | <code>prod</code> |
`,
  );
});

Deno.test("filteredMarkdown() counts where there is nothing to list", () => {
  assert.equal(
    filteredMarkdown({ passed: [], blocked: [] }, NO_LIMIT),
    "## Prod hubs\n\n0 may deploy, 0 blocked.\n",
  );
});

Deno.test("filteredMarkdown() never exceeds its limit, and counts every row that it leaves out", () => {
  const job = fc.record({ cluster_name: longText, provider: nasty, hub_name: longText });
  const filtered = fc.record({
    passed: fc.array(job, { maxLength: 60 }),
    blocked: fc.array(fc.record({ job, reason: longText }), { maxLength: 60 }),
  });
  fc.assert(
    fc.property(filtered, fc.integer({ min: 600, max: 20_000 }), (filtered, limit) => {
      const markdown = filteredMarkdown(filtered, { limit, runUrl: RUN });
      assert.ok(markdown.length <= limit, `${markdown.length} of ${limit}`);
      const {
        Blocked: [blocked, moreBlocked] = [0, 0],
        "May deploy": [passed, morePassed] = [0, 0],
      } = tables(markdown);
      assert.equal(blocked + moreBlocked, filtered.blocked.length);
      assert.equal(passed + morePassed, filtered.passed.length);
      assert.doesNotMatch(skeleton(markdown), /<(?!\/?code>)|[`@\\*]/);
    }),
    { seed: 3, numRuns: 200 },
  );
});
