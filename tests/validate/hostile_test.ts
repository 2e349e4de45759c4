import assert from "node:assert/strict";
import { hubwright } from "../cli/fake_io.ts";
import { EARTH, earthWith, repositoryWith, SOUND } from "./validated.ts";

/** Names that a log, a runner or a terminal could take for something else. */
const HOSTILE = [
  "::error::owned.values.yaml",
  "a\n::set-output name=x::y.values.yaml",
  "\x1b[31mred\x1b[0m.values.yaml",
  "a##[error]b.values.yaml",
  "a\u202egpj.values.yaml",
  "$(touch owned).values.yaml",
  "%0A::error::x.values.yaml",
  "a|b`c`<b>@team.values.yaml",
  "__proto__",
  "constructor.values.yaml",
];

/** Lines that a runner or a terminal would obey. */
function obeyed(text: string): readonly string[] {
  return text.split("\n").filter((line) =>
    // deno-lint-ignore no-control-regex -- that is what is looked for
    /^\s*::|##\[|[\x00-\x08\x0b-\x1f\u202a-\u202e]/.test(line)
  );
}

Deno.test("hostile names of files come out as text, in each format", async () => {
  const files = HOSTILE.map((name) => [`config/clusters/earth/${name}`, "a: 1\n"]);
  const named = HOSTILE.map((name) => `      - ${JSON.stringify(`x/${name}`)}\n`).join("");
  await using folder = await repositoryWith({
    ...Object.fromEntries(files),
    [EARTH]: earthWith("      - prod.values.yaml\n", `      - prod.values.yaml\n${named}`),
  });
  for (const args of [[], ["--format", "json"]]) {
    const { code, out, err } = await hubwright(["validate", "--repo", folder.path, ...args]);
    assert.deepEqual([code, err], [1, ""]);
    assert.deepEqual(obeyed(out), []);
  }
  const { out } = await hubwright(["validate", "--repo", folder.path, "--format", "json"]);
  const { errors, warnings } = JSON.parse(out);
  assert.equal(errors.length, HOSTILE.length);
  const found = warnings.map(({ file }: { readonly file: string }) => file);
  for (const name of HOSTILE.filter((name) => name.endsWith(".values.yaml"))) {
    assert.ok(found.includes(`config/clusters/earth/${name}`), name);
  }
});

Deno.test("hostile names give one annotation a finding", async () => {
  const files = HOSTILE.map((name) => [`config/clusters/earth/${name}`, "a: 1\n"]);
  await using folder = await repositoryWith(Object.fromEntries(files));
  const { out, err } = await hubwright(["validate", "--repo", folder.path, "--strict"], {
    env: { GITHUB_ACTIONS: "true" },
  });
  assert.deepEqual(obeyed(out), []);
  const lines = err.trimEnd().split("\n");
  assert.equal(lines.length, HOSTILE.length - 1);
  for (const line of lines) assert.match(line, /^::warning file=[^:,]*::\S/);
});

Deno.test("hostile keys, charts, hubs and patterns come out as text", async () => {
  const hostile = HOSTILE[1] ?? "";
  await using folder = await repositoryWith({
    [EARTH]: earthWith("helm_chart: basehub", `helm_chart: ${JSON.stringify(hostile)}`)
      .replace("hubs:", `${JSON.stringify("hubs\x1b")}: 1\nhubs:`)
      .replace("name: prod", `name: ${JSON.stringify(hostile)}\n    helm_chart_value_files: 1`),
    "hubwright.config.ts": `export default { ignoreClusters: ["templates", ${
      JSON.stringify(hostile)
    }] };\n`,
    [`config/clusters/${hostile.replace("/", "")}/`]: "",
  });
  for (const env of [{}, { GITHUB_ACTIONS: "true" }]) {
    const { code, out, err } = await hubwright(["validate", "--repo", folder.path], { env });
    assert.equal(code, 1);
    assert.deepEqual(obeyed(out), []);
    assert.deepEqual(
      err.split("\n").filter((line) => !/^(?:::(?:error|warning) |$)/.test(line)),
      [],
    );
  }
});

Deno.test("a repository with a very long name is reported whole, and quickly", async () => {
  const long = "x".repeat(240);
  await using folder = await repositoryWith({
    ...SOUND,
    [`config/clusters/earth/${long.slice(0, 200)}.values.yaml`]: "a: 1\n",
    [EARTH]: earthWith("prod.values.yaml", `${long}.values.yaml`),
  });
  const { code, out } = await hubwright(["validate", "--repo", folder.path, "--format", "json"]);
  assert.equal(code, 1);
  assert.ok(out.includes(long));
});
