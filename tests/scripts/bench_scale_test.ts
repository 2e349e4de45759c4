import assert from "node:assert/strict";
import { measureProcess } from "../../scripts/measure_process.ts";
import { SCALE_CHANGES } from "../../scripts/scale_changes.ts";
import { tempFolder } from "../temp_folder.ts";

const SCRIPT = new URL("../../scripts/bench_scale.ts", import.meta.url).pathname;

Deno.test("measureProcess() knows the most memory that a process held", {
  ignore: Deno.build.os !== "linux",
}, async () => {
  await using folder = await tempFolder({
    "hold.ts": "const held = new Uint8Array(200_000_000).fill(1);\n" +
      'console.error("held");\nDeno.exit(held[7] === 1 ? 3 : 4);\n',
  });
  const { peak = 0, code, stderr } = await measureProcess(["hold.ts"], folder.path);
  assert.deepEqual([code, stderr], [3, "held\n"]);
  assert.ok(peak > 190, `${peak} MB`);
});

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
        /│ +8 │ [\d.]+ s +│ +│ \d+ MB +│/,
        `${name}, ${precision}`,
      );
    }
  }
});
