import assert from "node:assert/strict";
import type { WorkflowModel } from "../../../src/workflow/model.ts";
import type { Triggers } from "../../../src/workflow/triggers.ts";
import { LINT_RULES } from "../../../src/workflow/lint/all_rules.ts";
import { validateWorkflow } from "../../../src/workflow/check_workflow.ts";

/** A step called "S" in the job "a". */
export const IN_STEP = 'Job a: step "S"';

/** A workflow that follows another. */
export const FOLLOWS: Triggers = { workflow_run: { workflows: ["X"], types: ["completed"] } };

type Case = WorkflowModel | readonly [what: string, workflow: WorkflowModel];

/** What a rule refuses, by the places that it names, and what it accepts although it looks alike. */
export interface Cases {
  readonly refused: readonly (readonly [places: readonly string[], cases: readonly Case[]])[];
  readonly accepted: readonly Case[];
}

/** Tests a lint rule, among everything else that is wrong with a workflow. */
export function testRule(id: string, { refused, accepted }: Cases): void {
  const { fix } = LINT_RULES.find((rule) => rule.id === id) ?? assert.fail(id);
  const said = (workflow: WorkflowModel) =>
    validateWorkflow(workflow).map(({ message }) => message)
      .filter((message) => message.endsWith(` [${id}]`));

  Deno.test(`${id} refuses what it should, names the places and says how to fix them`, () => {
    assert.ok(refused.length > 0);
    for (const [places, cases] of refused) {
      for (const [what, workflow] of cases.map(named)) {
        const messages = said(workflow);
        const found = messages.map((message) => message.slice(0, message.indexOf("Cannot ")));
        assert.deepEqual(found, places.map((place) => place === "" ? "" : `${place}: `), what);
        for (const message of messages) assert.ok(message.endsWith(`; ${fix} [${id}]`), message);
      }
    }
  });

  Deno.test(`${id} accepts what only looks like it`, () => {
    for (const [what, workflow] of accepted.map(named)) assert.deepEqual(said(workflow), [], what);
  });
}

function named(given: Case): readonly [what: string, workflow: WorkflowModel] {
  return "jobs" in given ? [Deno.inspect(given, { depth: 9 }), given] : given;
}

/** Makes what the types forbid: a config is read without being compiled. */
export function unchecked<Type>(value: unknown): Type {
  return value as Type;
}
