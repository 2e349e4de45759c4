import assert from "node:assert/strict";
import fc from "fast-check";
import { filteredMarkdown } from "../../src/report/markdown.ts";
import { FILTERED, nasty } from "./arbitraries.ts";
import { type Block, leftOutOf, parseReport } from "./parse_report.ts";

const NO_LIMIT = { limit: 1_000_000 };
const RUN = "https://github.com/some-organization/infrastructure/actions/runs/12345678901";

Deno.test("filteredMarkdown() says which hubs may deploy, which are blocked, and why", () => {
  assert.equal(
    filteredMarkdown(FILTERED, NO_LIMIT),
    `## Prod hubs

1 may deploy, 1 blocked.

### Blocked

| Cluster | Hub | Why |
| - | - | - |
| <code>mars</code> | <code>demo</code> | <code>the canary failed</code> |

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

/** What stands below a heading: how many rows of a table, and how many are left out. */
function countsBelow(blocks: readonly Block[], heading: string): number {
  const start = blocks.findIndex((block) => block.kind === "heading" && block.text === heading);
  if (start < 0) return 0;
  const after = blocks.slice(start + 1);
  const end = after.findIndex((block) => block.kind === "heading");
  const part = after.slice(0, end < 0 ? undefined : end);
  const rows = part.flatMap((block) => block.kind === "table" ? block.rows : []);
  return rows.length + leftOutOf(part, "hubs");
}

Deno.test("filteredMarkdown() never exceeds its limit, and counts every row that it leaves out", () => {
  const longText = fc.oneof(nasty, nasty.map((text) => text.repeat(200)));
  const job = fc.record({ cluster_name: longText, provider: nasty, hub_name: longText });
  const filtered = fc.record({
    passed: fc.array(job, { maxLength: 60 }),
    blocked: fc.array(fc.record({ job, reason: longText }), { maxLength: 60 }),
  });
  let cut = 0;
  fc.assert(
    fc.property(filtered, fc.integer({ min: 2_000, max: 20_000 }), (filtered, limit) => {
      const markdown = filteredMarkdown(filtered, { limit, runUrl: RUN });
      assert.ok(markdown.length <= limit, `${markdown.length} of ${limit}`);
      const blocks = parseReport(markdown, [RUN]);
      assert.equal(countsBelow(blocks, "Blocked"), filtered.blocked.length);
      assert.equal(countsBelow(blocks, "May deploy"), filtered.passed.length);
      if (markdown.includes(" more of ")) cut++;
    }),
    { seed: 3, numRuns: 200 },
  );
  assert.ok(cut > 50, `${cut} reports that leave rows out`);
});
