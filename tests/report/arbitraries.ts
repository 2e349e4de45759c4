import fc from "fast-check";
import type { Filtered } from "../../src/filter/filter.ts";
import type { Plan } from "../../src/plan/schema.ts";

/** Pieces of what a fork might put into a name so that it becomes something else in a report. */
export const NASTY = [
  ...["a", "b", "A9", " ", "  ", "-", ".", ",", ";", ":", "/", "=", "+", "(", ")", "é", "日", "😀"],
  ...["<", ">", "</code>", "<script>", "<!--", "-->", "&", "&amp;", "&#96;", "`", "```", "|", "||"],
  ...["@", "@org/team", "#1", "#", "GH-1", "!", "[a](b)", "![a](b)", "[", "]", "*", "**", "_"],
  ...["~~"],
  ...["\\", "\\|", "\n", "\r\n", "\n\n# x", "\t", "\u2028", "\u202e", "\u200b", "\ud800", "\u0007"],
  ...["://", "https://a.b", "www.a.b", "a@b.c", "$", "$$", "{", "}", '"', "'", "::error::", "##["],
  ...["%%"],
  ...["<!-- deployment-plan -->", "\u001b[31m", "\u0000", "^", "?", "---", "1.", "> ", "    "],
] as const;

/** Text that means harm. */
export const nasty: fc.Arbitrary<string> = fc.string({
  unit: fc.constantFrom(...NASTY),
  minLength: 1,
  maxLength: 8,
});

/** What a plan is made of: how many rows it has, and texts for them. */
export function plans(text: fc.Arbitrary<string>, most = 4): fc.Arbitrary<Plan> {
  const size = { maxLength: most };
  return fc.record({
    version: fc.constant(1 as const),
    base: text,
    head: text,
    support_and_staging: fc.array(
      fc.record({
        cluster_name: text,
        provider: text,
        upgrade_support: fc.boolean(),
        support_reason: text,
        staging_hubs: fc.array(text, { maxLength: 3 }),
        staging_reason: text,
      }, { noNullPrototype: true }),
      size,
    ),
    prod: fc.array(
      fc.record(
        { cluster_name: text, provider: text, hub_name: text, reason: text },
        { noNullPrototype: true },
      ),
      size,
    ),
    notices: fc.array(
      fc.record({ level: fc.constantFrom("notice", "warning"), message: text }, {
        noNullPrototype: true,
      }),
      size,
    ),
  }, { noNullPrototype: true });
}

/** A plan that upgrades nothing. */
export const EMPTY: Plan = {
  version: 1,
  base: "",
  head: "",
  support_and_staging: [],
  prod: [],
  notices: [],
};

/** A plan with a leg of every kind. */
export const EXAMPLE: Plan = {
  ...EMPTY,
  support_and_staging: [
    {
      cluster_name: "earth",
      provider: "gcp",
      upgrade_support: true,
      support_reason: "config/clusters/earth/cluster.yaml (rule: cluster file)",
      staging_hubs: ["dask-staging", "staging"],
      staging_reason: "demo (rule: staging before prod)",
    },
    {
      cluster_name: "mars",
      provider: "aws",
      upgrade_support: true,
      support_reason: "helm-charts/support/values.yaml (rule: all support charts)",
      staging_hubs: [],
      staging_reason: "",
    },
  ],
  prod: [
    {
      cluster_name: "earth",
      provider: "gcp",
      hub_name: "demo",
      reason: "config/clusters/earth/demo.values.yaml (rule: hub values file)",
    },
    { cluster_name: "venus", provider: "kubeconfig", hub_name: "prod", reason: "deployer/a.py" },
  ],
  notices: [{ level: "notice", message: "Cluster venus has no staging hub" }],
};

/** What the filter may decide: a hub that passes, and one that does not. */
export const FILTERED: Filtered = {
  passed: [{ cluster_name: "earth", provider: "gcp", hub_name: "prod" }],
  blocked: [{
    job: { cluster_name: "mars", provider: "aws", hub_name: "demo" },
    reason: "the canary failed",
  }],
};
