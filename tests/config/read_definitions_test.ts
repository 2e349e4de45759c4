import assert from "node:assert/strict";
import fc from "fast-check";
import type { ReadCluster } from "../../src/config/cluster_definition.ts";
import { readDefinitions } from "../../src/config/read_definitions.ts";
import { plan } from "../../src/plan/plan.ts";
import { inputOf } from "../plan/arbitraries.ts";
import { parseConfig } from "../../src/config/settings.ts";

const FILE = "hubwright.config.ts";

/** Reads files, by path and text, of a repository that holds nothing else. */
function read(
  give: unknown,
  files: Readonly<Record<string, string>> = { "sites/a.yaml": "x: 1\n" },
) {
  const settings = parseConfig({ clusters: { files: "sites/*", read: give } }, FILE);
  const paths = Object.keys(files);
  const sources = Object.entries(files).map(([path, text]) => ({
    path,
    folder: path.slice(0, path.lastIndexOf("/")),
    text,
    glob: () => paths,
    exists: (path: string) => paths.includes(path),
  }));
  return readDefinitions(sources, settings, (path) => [path]);
}

const given = (what: unknown): ReadCluster => () => what as ReturnType<ReadCluster>;
const problems = (what: unknown) =>
  read(typeof what === "function" ? what : given(what)).problems
    .map(({ file, message }) => `${file}: ${message}`);

const LAKE = { name: "lake", provider: "gcp" };

Deno.test("readDefinitions() gives read() what is in the file, and where it is", () => {
  const seen: unknown[] = [];
  const { clusters } = read((file: Parameters<ReadCluster>[0]) => {
    seen.push([file.path, file.folder, file.data, file.exists("sites/b.json"), file.glob("**")]);
    return null;
  }, { "sites/a.yaml": "x: [1]\n", "sites/b.json": '{"y": true}' });
  const paths = ["sites/a.yaml", "sites/b.json"];
  assert.deepEqual(seen, [
    ["sites/a.yaml", "sites", { x: [1] }, true, paths],
    ["sites/b.json", "sites", { y: true }, true, paths],
  ]);
  assert.deepEqual(clusters, []);
});

Deno.test("readDefinitions() takes the file that was read for one of a release, whatever its name", () => {
  const release = { support: {}, hubs: [{ name: "a", staging: true }] };
  for (const path of ["sites/a's (old).yaml", "sites/*.yaml", "sites/[a].yaml"]) {
    const { clusters: [lake] } = read(given({ ...LAKE, ...release }), { [path]: "x: 1\n" });
    const { support, hubs: [hub] } = lake ?? assert.fail();
    assert.deepEqual([support, hub], [
      { valuesFiles: [path] },
      { name: "a", staging: true, valuesFiles: [path] },
    ]);
  }
});

Deno.test("readDefinitions() takes a file without a release for one of the whole cluster", () => {
  const { clusters: [lake] } = read(
    ({ path }: { path: string }) => ({
      ...LAKE,
      ...(path === "sites/a.yaml" ? { values: { zone: "a" } } : { hubs: [{ name: "b" }] }),
    }),
    { "sites/a.yaml": "x: 1\n", "sites/b.yaml": "x: 1\n" },
  );
  assert.deepEqual(lake?.otherFiles, ["sites/a.yaml"]);
});

Deno.test("readDefinitions() gives read() null for a file without anything in it", () => {
  for (const text of ["", "\n", "# a comment\r\n\n  # another"]) {
    const seen: unknown[] = [];
    const { problems } = read(({ data }: { data: unknown }) => {
      seen.push(data);
      return null;
    }, { "sites/a.yaml": text });
    assert.deepEqual([seen, problems], [[null], []]);
  }
});

Deno.test("readDefinitions() puts together what files say of one cluster, and lets a file upgrade what it is about", () => {
  const { clusters, problems } = read(({ path }: { path: string }) => ({
    ...LAKE,
    values: { zone: "b" },
    support: { files: ["support/**"] },
    hubs: [{ name: path.replace(/\W/g, "-"), files: ["hub/values.yaml"], chart: "hub" }],
  }), { "sites/a.yaml": "", "sites/b.yaml": "" });
  assert.deepEqual(problems, []);
  const [lake, ...others] = JSON.parse(JSON.stringify(clusters));
  assert.deepEqual(others, []);
  const hub = (letter: string) => ({
    name: `sites-${letter}-yaml`,
    staging: false,
    valuesFiles: [`sites/${letter}.yaml`, "hub/values.yaml"],
    chart: "hub",
  });
  assert.deepEqual(lake, {
    ...LAKE,
    file: "sites/a.yaml",
    read: true,
    addons: [],
    support: {
      valuesFiles: ["sites/a.yaml", "sites/b.yaml"],
      patterns: [{ glob: "support/**", exception: false }],
    },
    hubs: [hub("a"), hub("b")],
    values: { zone: "b" },
  });
});

Deno.test("readDefinitions() takes staging from the hub, and from isStaging where it says nothing", () => {
  const hubs = [{ name: "staging" }, { name: "prod" }, { name: "canary", staging: true }];
  const [lake] = read(given({ ...LAKE, hubs })).clusters;
  assert.deepEqual(lake?.hubs.map(({ staging }) => staging), [true, false, true]);
});

Deno.test("readDefinitions() gives support charts, add-ons and hubs their own commands", () => {
  const { clusters: [lake], problems } = read(given({
    ...LAKE,
    support: [
      { name: "pods", files: ["pods/**"], upgrade: "helm upgrade pods" },
      { files: ["support.yaml"], upgrade: "helm upgrade support CLUSTER" },
      { name: "ingress", upgrade: "helm upgrade ingress" },
    ],
    hubs: [{ name: "astro", upgrade: "up HUB", check: null }, { name: "bio", check: "curl bio" }],
  }));
  assert.deepEqual(problems, []);
  assert.deepEqual([lake?.support?.upgrade, lake?.support?.valuesFiles], [
    "helm upgrade support CLUSTER",
    ["sites/a.yaml", "support.yaml"],
  ]);
  assert.deepEqual(
    lake?.addons?.map(({ name, upgrade, patterns = [] }) => [name, upgrade, patterns.length]),
    [["ingress", "helm upgrade ingress", 0], ["pods", "helm upgrade pods", 1]],
  );
  const commands = lake?.hubs.map(({ upgrade, check }) => [upgrade, check]);
  assert.deepEqual(commands, [["up HUB", null], [undefined, "curl bio"]]);
});

Deno.test("readDefinitions() reads a cluster with add-ons and no support chart", () => {
  const [lake] = read(given({ ...LAKE, support: { name: "pods", upgrade: "up" } })).clusters;
  assert.deepEqual([lake?.support, lake?.addons?.length], [null, 1]);
  const [none] = read(given({ ...LAKE, support: null })).clusters;
  assert.deepEqual([none?.support, none?.addons], [null, []]);
});

Deno.test("plan() does not depend on the order of the files that readDefinitions() puts together", () => {
  const files = ["a", "b", "c"].map((name) => `sites/${name}.yaml`);
  const give = ({ path }: { path: string }) => ({
    ...LAKE,
    values: { zone: "b" },
    files: [`all/${path}`],
    support: [{ files: [path] }, { name: "pods", files: [`${path}/**`], upgrade: "up" }],
    hubs: ["staging", "prod"].map((stage) => ({
      name: `${stage}-${path.at(6)}`,
      files: [`hubs/*/${stage}.yaml`],
    })),
  });
  const planned = (order: readonly string[], changed: readonly string[]) => {
    const { clusters, problems } = read(give, Object.fromEntries(order.map((path) => [path, ""])));
    assert.deepEqual(problems, []);
    return plan(inputOf({ clusters, changed }));
  };
  const paths = [...files, "hubs/x/prod.yaml", "sites/c.yaml/x", "all/sites/b.yaml", "other"];
  fc.assert(fc.property(
    fc.shuffledSubarray(files, { minLength: 3 }),
    fc.subarray(paths),
    (order, changed) => assert.deepEqual(planned(order, changed), planned(files, changed)),
  ));
});

const fail = () => {
  throw new Error("no luck");
};
const hub = { name: "a" };

/** What "clusters.read" gives, and what is said of it. */
const WRONG: readonly (readonly [give: unknown, said: RegExp])[] = [
  [
    { name: "a b", provider: "gcp" },
    /^sites\/a\.yaml: Cannot read "name": expected a name of a-z.*in what "clusters\.read" of hubwright\.config\.ts gives$/,
  ],
  [{ name: "lake" }, /Cannot read "provider": expected text, found nothing/],
  [{ ...LAKE, hub: [] }, /found the unknown key "hub"/],
  [{ ...LAKE, files: ["/etc"] }, /expected a path from the repository's root/],
  [{ ...LAKE, files: ["!a"] }, /or a pattern without "!"/],
  [{ ...LAKE, values: { a: 1 } }, /expected text, found the number 1/],
  [{ ...LAKE, values: { a: "b\nc" } }, /"values\.a": expected text without control characters/],
  [{ ...LAKE, values: { "a-b": "" } }, /expected a name of a-z, 0-9 and "_" for every key/],
  ["lake", /expected a mapping, found the text "lake"/],
  [() => Promise.reject(new Error("no")), /expected clusters, found a promise/],
  [fail, /"clusters\.read" of hubwright\.config\.ts threw "no luck"/],
  [Object.defineProperty({}, "name", { get: fail }), /"clusters\.read" of .* threw "no luck"/],
  [{ ...LAKE, support: [{ name: "pods" }] }, /expected "upgrade" for the add-on "pods": the comm/],
  [
    { ...LAKE, support: { name: "a", upgrade: "up" }, hubs: [hub] },
    /it has a hub and an add-on named "a"/,
  ],
  [
    { ...LAKE, support: ["up", "down"].map((upgrade) => ({ name: "pods", upgrade })) },
    /expected the command that upgrades "pods" to be the same as in sites\/a\.yaml/,
  ],
  [
    { ...LAKE, hubs: [{ ...hub, upgrade: "up ${{ secrets.A }}" }] },
    /Cannot read "hubs\[0\]\.upgrade": expected no/,
  ],
  [
    { ...LAKE, support: [{ name: "a", upgrade: "up HUB" }] },
    /Cannot read "support\[0\]\.upgrade": expected a command without HUB/,
  ],
  [{ ...LAKE, hubs: [hub, hub] }, /two hubs named "a"/],
  [["a.b", "a-b"].map((name) => ({ ...LAKE, name })), /the clusters "a\.b" and "a-b" apart/],
];

Deno.test("readDefinitions() says what is wrong with what read() gives", () => {
  for (const [give, said] of WRONG) {
    const [found = "", ...more] = problems(give);
    assert.match(found, said);
    assert.deepEqual(more, []);
  }
});

Deno.test("readDefinitions() says where a file is not YAML, and not UTF-8", () => {
  const data = ({ data }: { data: unknown }) => data;
  const [yaml] = read(data, { "sites/a.yaml": "a: 1\nb: [\n" }).problems;
  assert.deepEqual([yaml?.file, yaml?.message.slice(0, 23)], [
    "sites/a.yaml",
    "Cannot parse it as YAML",
  ]);
  assert.ok(yaml?.line !== undefined);
  const [bytes] = read(data, { "sites/a.yaml": "a: 1\nb: \uFFFD\n" }).problems;
  assert.deepEqual([bytes?.line, bytes?.column], [2, 4]);
});

Deno.test("readDefinitions() says what two files do not agree on", () => {
  const files = { "sites/a.yaml": "", "sites/b.yaml": "" };
  const differ = (more: (isFirst: boolean) => object) =>
    read(({ path }: { path: string }) => ({ ...LAKE, ...more(path.includes("a.")) }), files)
      .problems.map(({ file, message }) => `${file}: ${message}`);
  assert.deepEqual(differ((isFirst) => ({ provider: isFirst ? "gcp" : "aws" })), [
    'sites/b.yaml: Cannot put the cluster "lake" together: expected the provider "gcp" as in ' +
    'sites/a.yaml, found "aws"',
  ]);
  assert.deepEqual(differ((isFirst) => ({ values: { zone: isFirst ? "b" : "c" } })), [
    'sites/b.yaml: Cannot put the cluster "lake" together: expected "b" for the value "zone" as ' +
    'in sites/a.yaml, found "c"',
  ]);
});
