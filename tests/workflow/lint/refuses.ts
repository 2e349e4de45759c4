import assert from "node:assert/strict";
import type { WorkflowModel } from "../../../src/workflow/model.ts";
import { LINT_RULES } from "../../../src/workflow/lint/rules.ts";
import { validateWorkflow } from "../../../src/workflow/validate.ts";

/** What a rule says of a workflow, found among everything that is wrong with it. */
function said(id: string, workflow: WorkflowModel): readonly string[] {
  return validateWorkflow(workflow).flatMap(({ file, message }) => {
    assert.equal(file, workflow.file);
    return message.endsWith(` [${id}]`) ? [message] : [];
  });
}

/** Tests that a rule refuses a workflow, and that what it says names the place and the mend. */
export function refuses(
  id: string,
  what: string,
  workflow: WorkflowModel,
  ...places: readonly string[]
): void {
  Deno.test(`${id} refuses ${what}`, () => {
    const messages = said(id, workflow);
    const found = messages.map((message) => message.slice(0, message.indexOf("Cannot ")));
    assert.deepEqual(found, places.map((place) => place === "" ? "" : `${place}: `));
    const { mend } = LINT_RULES.find((rule) => rule.id === id) ?? assert.fail(id);
    for (const message of messages) assert.ok(message.endsWith(`; ${mend} [${id}]`), message);
  });
}

/** Tests that a rule finds nothing in a workflow that looks like what it refuses. */
export function accepts(id: string, what: string, workflow: WorkflowModel): void {
  Deno.test(`${id} accepts ${what}`, () => {
    assert.ok(LINT_RULES.some((rule) => rule.id === id));
    assert.deepEqual(said(id, workflow), []);
  });
}

/** Makes what the types forbid: a config is read without being compiled. */
export function unchecked<Type>(value: unknown): Type {
  return value as Type;
}
