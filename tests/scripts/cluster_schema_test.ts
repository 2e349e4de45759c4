import assert from "node:assert/strict";
import { Ajv } from "ajv";
import { clusterSchema } from "../../scripts/cluster_schema.ts";
import { loadYaml } from "../../src/config/load_yaml.ts";
import { copyExample } from "../cli/sandbox.ts";

const text = clusterSchema("Built");
const matches = new Ajv({ strict: false, validateFormats: false }).compile(JSON.parse(text));

Deno.test("clusterSchema() accepts every cluster.yaml of the example", async () => {
  await using example = await copyExample();
  const clusters = await Array.fromAsync(Deno.readDir(example.join("config/clusters")));
  for (const { name, isDirectory } of clusters) {
    if (!isDirectory || name === "templates") continue;
    const file = await example.read(`config/clusters/${name}/cluster.yaml`);
    assert.ok(matches(loadYaml(file)), name);
  }
});

Deno.test("clusterSchema() refuses what hubwright refuses", () => {
  const right = { name: "lake", provider: "gcp", hubs: [{ name: "staging" }] };
  assert.ok(matches(right));
  const wrong = [
    { ...right, name: "Lake" },
    { name: "lake" },
    { ...right, hubs: [{}] },
    { ...right, hubs: {} },
    { ...right, support: { helm_chart_values_files: "support.yaml" } },
  ];
  for (const each of wrong) assert.ok(!matches(each), JSON.stringify(each));
});

Deno.test("clusterSchema() says what every key is, and its mark in the first line", () => {
  assert.match(text.split("\n")[0] ?? "", /Built/);
  const { properties } = JSON.parse(text);
  for (const [key, { description }] of Object.entries<{ description?: string }>(properties)) {
    assert.ok(description, key);
  }
});
