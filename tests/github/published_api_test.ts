import assert from "node:assert/strict";
import { wrongAnswer, wrongRequest } from "./published_api.ts";

const DEPLOYMENTS = "/repos/octo/infrastructure/deployments";
const call = (method: string, path: string, query = "", body: unknown = "") =>
  wrongRequest({ method, path, query, body: body === "" ? "" : JSON.stringify(body) });

Deno.test("wrongRequest() tells what GitHub does not take", () => {
  assert.equal(call("GET", DEPLOYMENTS, "?task=deploy&per_page=1"), undefined);
  assert.match(`${call("GET", DEPLOYMENTS, "?tsk=deploy")}`, /takes no tsk/);
  assert.match(`${call("GET", DEPLOYMENTS, "?per_page=one")}`, /per_page: .*integer/);
  assert.match(`${call("DELETE", DEPLOYMENTS)}`, /GitHub has no DELETE/);
  assert.match(`${call("GET", DEPLOYMENTS, "", {})}`, /takes no body/);
  assert.equal(call("POST", DEPLOYMENTS, "", { ref: "main", payload: "" }), undefined);
  assert.match(`${call("POST", DEPLOYMENTS, "", { payload: {} })}`, /required property 'ref'/);
  assert.match(`${call("POST", DEPLOYMENTS, "", { ref: "main", autoMerge: false })}`, /autoMerge/);
  const statuses = `${DEPLOYMENTS}/1/statuses`;
  assert.match(`${call("POST", statuses, "", { state: "succeeded" })}`, /allowed values/);
});

Deno.test("wrongAnswer() tells what GitHub does not answer", () => {
  const answered = (answer: unknown, status = 200) =>
    wrongAnswer({ method: "GET", path: DEPLOYMENTS, status, answer });
  assert.equal(answered([]), undefined);
  assert.match(`${answered([{}])}`, /required property 'sha'/);
  assert.match(`${answered([], 201)}`, /describes no 201/);
});
