import assert from "node:assert/strict";
import { findMemoryMeter } from "../../scripts/measure_process.ts";
import { SCALE_CHANGES } from "../../scripts/scale_changes.ts";
import { tempFolder } from "../temp_folder.ts";

const SCRIPT = new URL("../../scripts/bench_scale.ts", import.meta.url).pathname;

for (const [what, time] of [["GNU time", undefined], ["/proc", "/no/such/program"]] as const) {
  Deno.test(`findMemoryMeter() measures with ${what}, where it is there`, async () => {
    await using folder = await tempFolder({
      "hold.ts": 'const held = new Uint8Array(200_000_000).fill(1);\nconsole.error("held");\n' +
        "setTimeout(() => Deno.exit(held[7] === 1 ? 3 : 4), 100);\n",
    });
    const meter = await findMemoryMeter(time);
    const { seconds, peak, code, stderr } = await meter.measure({
      args: ["run", "hold.ts"],
      cwd: folder.path,
    });
    assert.equal(code, 3);
    assert.match(stderr, /held/);
    assert.ok(seconds > 0.1 && seconds < 60, `${seconds} s`);
    if (Deno.build.os !== "linux") return;
    assert.ok(peak !== undefined && peak > 190 && peak < 600, `${peak} MB`);
  });
}

Deno.test("bench_scale measures each change on the sizes that it is given", async () => {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", SCRIPT, "8"],
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  const text = new TextDecoder().decode(stdout);
  assert.match(text, /^made 8 clusters in [\d.]+ s$/m);
  for (const { name, precisions } of SCALE_CHANGES) {
    for (const precision of precisions) {
      const row = text.split("\n").find((line) =>
        line.includes(`│ ${name} `) && line.includes(`│ ${precision} `)
      );
      assert.match(
        row ?? "",
        /│ 8 +│ [\d.]+ s +│ +│ (?:\d+ MB|unknown) +│/,
        `${name}, ${precision}`,
      );
    }
  }
});
