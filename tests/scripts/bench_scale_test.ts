import assert from "node:assert/strict";
import { measureProcess } from "../../scripts/measure_process.ts";
import { SCALE_CHANGES } from "../../scripts/scale_changes.ts";
import { runDeno } from "../run_program.ts";
import { tempFolder } from "../temp_folder.ts";

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
  const { code, out, err } = await runDeno(["run", "-A", "scripts/bench_scale.ts", "8"]);
  assert.equal(code, 0, err);
  assert.match(out, /^made 8 clusters in [\d.]+ s$/m);
  const rows = out.split("\n");
  for (const { name, precisions } of SCALE_CHANGES) {
    for (const precision of precisions) {
      const row = rows.find((row) => row.includes(`│ ${name} `) && row.includes(`│ ${precision} `));
      assert.match(row ?? "", /│ +8 │ [\d.]+ s +│ +│ \d+ MB +│/, `${name}, ${precision}`);
    }
  }
});
