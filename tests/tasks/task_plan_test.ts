import assert from "node:assert/strict";
import fc from "fast-check";
import { decideChanges } from "../../src/plan/decide.ts";
import { planTask, rulePattern } from "../../src/tasks/task_plan.ts";
import { change, inputOf, repository } from "../plan/arbitraries.ts";
import { githubTriggers } from "../plan/github_paths.ts";

const EVERYTHING = { everything: "the branch is new" };

Deno.test("planTask lists what a change upgrades, where a task has no rules of its own", () => {
  fc.assert(fc.property(
    change,
    ({ changed: files, ...of }) => {
      const input = inputOf({ ...of, changed: files });
      const decided = decideChanges(input);
      const upgraded = decided.clusters.filter(({ any }) => any);
      const legs = (each: "cluster" | "hub") =>
        planTask({ name: "check", each }, decided, files).legs;
      assert.deepEqual(
        legs("cluster").map(({ cluster_name }) => cluster_name),
        upgraded.map(({ cluster }) => cluster.name),
      );
      const hubs = upgraded.flatMap((of) => of.upgraded).filter(({ phase }) => phase !== "support")
        .map(({ cluster, release }) => `${cluster}/${release}`);
      assert.deepEqual(
        legs("hub").map(({ cluster_name, hub_name }) => `${cluster_name}/${hub_name}`).sort(),
        hubs.sort(),
      );
    },
  ));
});

Deno.test("planTask affects a cluster by its own rules exactly where they match for its names", () => {
  const rules = ["terraform/{provider}/{cluster}/**", "eksctl/{cluster}.jsonnet", "!**/*.md"];
  const names = fc.constantFrom("lake", "lake-west", "pond");
  const provider = fc.constantFrom("gcp", "aws");
  const path = fc.oneof(
    fc.tuple(provider, names).map(([of, name]) => `terraform/${of}/${name}/main.tf`),
    fc.tuple(provider, names).map(([of, name]) => `terraform/${of}/${name}/README.md`),
    names.map((name) => `eksctl/${name}.jsonnet`),
    fc.constantFrom("eksctl/lake", "terraform/lake/main.tf", "config/clusters/lake/cluster.yaml"),
  );
  fc.assert(fc.property(fc.array(path, { maxLength: 4 }), (changed) => {
    const clusters = [["lake", "gcp"], ["lake-west", "aws"], ["pond", "gcp"]] as const;
    const decided = decideChanges(inputOf({
      clusters: clusters.map(([name, provider]) => {
        return { name, provider, file: `${name}.yaml`, support: null, hubs: [] };
      }),
    }));
    const { legs } = planTask({ name: "check", each: "cluster", rules }, decided, changed);
    const expected = clusters.filter(([name, provider]) => {
      const own = rules.map((rule) =>
        rule.replace("{cluster}", name).replace("{provider}", provider)
      );
      return changed.some((file) => githubTriggers(own, file));
    });
    assert.deepEqual(legs.map(({ cluster_name }) => cluster_name), expected.map(([name]) => name));
    // What affects some cluster starts the workflow.
    const triggers = rules.map((rule) => rulePattern(rule))
      .map(({ glob, exception }) => exception ? `!${glob}` : glob);
    if (legs.length > 0) assert.ok(changed.some((file) => githubTriggers(triggers, file)));
  }));
});

Deno.test("planTask lists all where it is unknown what changed, and where it is about all", () => {
  fc.assert(fc.property(repository, (of) => {
    const input = inputOf({ ...of, changed: EVERYTHING });
    const decided = decideChanges(input);
    const rules = ["terraform/{cluster}/**"];
    for (const more of [{}, { rules }]) {
      const { legs } = planTask({ name: "check", each: "hub", ...more }, decided, EVERYTHING);
      assert.equal(legs.length, of.clusters.flatMap(({ hubs }) => hubs).length);
    }
  }));
});

Deno.test("rulePattern is for the names of any cluster, however they are joined", () => {
  const rules = ["{provider}{cluster}/**", "a/b-{cluster}*", "a/*{provider}-{cluster}.*"];
  assert.deepEqual(rules.map((rule) => rulePattern(rule).glob), ["*/**", "a/b-*", "a/*-*.*"]);
});
