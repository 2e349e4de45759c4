import assert from "node:assert/strict";
import { likelyEdits, nearest } from "../../src/text/nearest.ts";

Deno.test("nearest() takes the fewest edits, then the first", () => {
  assert.equal(nearest("fliter", ["filter", "filer"]), "filter");
  assert.equal(nearest("bat", ["cat", "hat", "bat"]), "bat");
  assert.equal(nearest("bat", ["cat", "hat"]), "cat");
  assert.equal(nearest("bat", []), undefined);
});

Deno.test("nearest() takes no word of which more than half or three letters differ", () => {
  assert.equal(nearest("plans!!", ["plan"]), undefined);
  assert.equal(nearest("xy", ["ab"]), undefined);
  assert.equal(nearest("helm_chart_values", ["helm_chart_values_f"]), "helm_chart_values_f");
  assert.equal(nearest("helm_chart", ["helm_chart_val"], 9), undefined);
});

Deno.test("nearest() takes no word with more edits than are likely", () => {
  assert.equal(nearest("daskhub", ["basehub"], likelyEdits("daskhub")), undefined);
  assert.equal(nearest("bsehub", ["basehub"], likelyEdits("bsehub")), "basehub");
  assert.equal(nearest("hub", ["hubs"], likelyEdits("hub")), "hubs");
});
