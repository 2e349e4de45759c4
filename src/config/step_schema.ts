import { type Expression, isExpression } from "../workflow/expression.ts";
import * as z from "../zod.ts";
import { expected, mustBe } from "./issues.ts";
import { inputs, minutes, plainText, scriptText, stepVariables, text } from "./text_schemas.ts";

/** How the name of an output, or an id, can be read in an expression. */
const outputName = z.string().check(mustBe(
  'letters, digits, "_" and "-", no digit first',
  (name) => /^[A-Za-z_][\w-]*$/.test(name),
));

/** The steps whose ends decide what counts as deployed: GitHub lists them by their names. */
export const DECIDING =
  /^\s*(?:upgrade (?:the support chart|the hub|(?:add-on|staging hub) \d+)|check (?:the hub|staging hub \d+))\s*$/i;

/** The steps of hubwright whose outputs decide what is deployed. */
const OWN_IDS = /^(?:plan|filter|report|temp|verdict)$/i;

const anyStep = {
  name: plainText.check(
    mustBe("a name that hubwright gives no step itself", (name) => !DECIDING.test(name)),
  ),
  id: z.optional(
    outputName.check(
      mustBe("an id that hubwright gives no step itself", (id) => !OWN_IDS.test(id)),
    ),
  ),
  env: stepVariables,
  if: z.optional(z.custom<Expression<unknown>>(isExpression, expected("an expression"))),
  continueOnError: z.optional(z.boolean()),
  timeoutMinutes: z.optional(minutes),
  outputs: z.optional(z.readonly(z.array(outputName))),
  comment: z.optional(text),
};

const hasId = (step: { id?: string | undefined; outputs?: readonly string[] | undefined }) =>
  step.id !== undefined || step.outputs === undefined;

const NO_ID = 'expected "id" beside "outputs": they are read by it';

const namesCommit = (uses: string) => !uses.startsWith("./") && uses.includes("@");

export const UsesStep = z.strictObject({
  ...anyStep,
  uses: text.check(mustBe(
    'a local action ("./path"), one of the lock ("owner/name"), or one pinned to a commit ' +
      '("owner/name@" and 40 hexadecimal digits)',
    (uses) => uses.startsWith("./") || /^[\w-]+\/[\w./-]+(?:@[0-9a-f]{40})?$/.test(uses),
  )),
  version: z.optional(text),
  with: inputs,
}).check(
  z.refine(
    ({ uses, version }) => !namesCommit(uses) || version !== undefined,
    'expected "version" beside a commit: the version that it is, for instance "v1.2.3"',
  ),
  z.refine(
    ({ uses, version }) => namesCommit(uses) || version === undefined,
    'expected no "version" without a commit: actions.lock.json says both',
  ),
  z.refine(hasId, NO_ID),
);

/** A shell by its name, or a command that is given the script's file in place of `{0}`. */
const shell = plainText.check(mustBe(
  'the name of a shell, or a command with "{0}" for the script',
  (name) => /^[a-z]+$/.test(name) || name.split(/\s+/).includes("{0}"),
));

export const RunStep = z.strictObject({
  ...anyStep,
  run: scriptText,
  shell: z.optional(shell),
  workingDirectory: z.optional(plainText),
}).check(z.refine(hasId, NO_ID));
