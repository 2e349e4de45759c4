import assert from "node:assert/strict";
import {
  assertClean,
  EARTH,
  EARTH_TEXT,
  earthWith,
  repositoryWith,
  validated,
} from "./validated.ts";

for (
  const [what, part, other, place, meant] of [
    ["a letter less", "helm_chart_values_files", "helm_chart_value_files", "4:3", "of support"],
    ["the singular", "helm_chart_values_files", "helm_chart_values_file", "4:3", "of support"],
    ["dashes", "helm_chart_values_files", "helm-chart-values-files", "4:3", "of support"],
    ["capitals", "helm_chart_values_files", "helmChartValuesFiles", "4:3", "of support"],
    ["the singular of hubs", "hubs:", "hub:", "6:1", "of the cluster"],
    ["a letter less in support", "support:", "suport:", "3:1", "of the cluster"],
    [
      "two letters swapped",
      "helm_chart: basehub",
      "helm_chatr: basehub",
      "8:5",
      "of the hub staging",
    ],
  ] as const
) {
  Deno.test(`mistyped-key finds ${what}`, async () => {
    const text = earthWith(part, other);
    await using folder = await repositoryWith({ [EARTH]: text });
    const { warnings } = await validated(folder);
    const [found, ...others] = warnings.filter(({ rule }) => rule === "mistyped-key");
    assert.deepEqual(others, []);
    assert.equal(`${found?.line}:${found?.column}`, place);
    assert.ok(found?.message.includes(` ${meant} `), found?.message);
    assert.ok(found?.message.endsWith(`did you mean "${part.split(":")[0]}"?`), found?.message);
  });
}

Deno.test("mistyped-key finds the key of a file that is wrong elsewhere", async () => {
  await using folder = await repositoryWith({
    [EARTH]: "nmae: earth\nnam: earth\nprovider: gcp\n",
  });
  const { errors, warnings } = await validated(folder);
  assert.deepEqual(errors.map(({ rule }) => rule), ["cluster-file"]);
  assert.deepEqual(
    warnings.filter(({ rule }) => rule === "mistyped-key").map(({ line }) => line),
    [2],
  );
});

Deno.test("mistyped-key leaves keys of other tools alone", async () => {
  await assertClean({
    [EARTH]: earthWith(
      "provider: gcp\n",
      "provider: gcp\nnames: x\nhub: x\nprovider_url: x\nsupports: x\ngcp: {name: x, hubs: x}\n",
    ).replace(
      "  - name: prod\n",
      "  - name: prod\n    nam: x\n    display_name: x\n    domain: x\n    helm_chart_repo: x\n",
    ),
  });
});

Deno.test("misplaced-key finds lists that slipped out of their entry, or into one", async () => {
  const slippedOut = EARTH_TEXT.replace(
    "  helm_chart_values_files:\n    -",
    "helm_chart_values_files:\n  -",
  );
  const slippedIn = EARTH_TEXT.replace("hubs:\n", "  hubs:\n").replaceAll("\n  - ", "\n    - ")
    .replaceAll("\n    helm", "\n      helm").replaceAll("\n      - ", "\n        - ");
  for (
    const [text, line] of [
      [
        slippedOut,
        /:4:1: .* "helm_chart_values_files" of the cluster is for: hubwright reads it in "support"/,
      ],
      [slippedIn, /:6:3: .* "hubs" of support is for: hubwright reads it beside "support"; /],
    ] as const
  ) {
    await using folder = await repositoryWith({ [EARTH]: text });
    const { errors, warnings } = await validated(folder);
    assert.deepEqual(errors, []);
    const found = warnings.filter(({ rule }) => rule === "misplaced-key");
    assert.equal(found.length, 1);
    assert.match(`:${found[0]?.line}:${found[0]?.column}: ${found[0]?.message}`, line);
  }
});
