import { didYouMean } from "../text/nearest.ts";
import { byName, wrongInput } from "./call_inputs.ts";
import { allows, type Caller, type Permissions, type Workflow } from "./workflow_file.ts";

/** Why GitHub refuses a workflow in which a job calls another. */
export function callProblems(
  caller: Caller,
  callee: Pick<Workflow, "path" | "on" | "permissions" | "jobs">,
  most: Permissions,
): readonly string[] {
  const { on: { workflow_call: call }, path } = callee;
  const called = JSON.stringify(path);
  if (call === undefined) return [`${called} has no "on.workflow_call"`];
  const { inputs = {}, secrets = {} } = call ?? {};
  const given = byName(caller.with);
  const wrongTypes = Object.entries(inputs).flatMap(([name, { type }]) => {
    const value = given.get(name.toLowerCase());
    const wrong = value === undefined ? undefined : wrongInput(type, value);
    return wrong === undefined ? [] : [`the input "${name}" of ${called}: ${wrong}`];
  });
  return [
    ...wrongNames("input", called, inputs, caller.with),
    ...wrongTypes,
    ...caller.secrets === "inherit" ? [] : wrongNames("secret", called, secrets, caller.secrets),
    ...wrongPermissions(called, callee.permissions, most),
    ...Object.entries(callee.jobs).flatMap(([id, { permissions }]) =>
      wrongPermissions(`the job "${id}" of ${called}`, permissions, most)
    ),
  ];
}

function wrongNames(
  kind: string,
  called: string,
  taken: Readonly<Record<string, { readonly required?: boolean | undefined } | null>>,
  given: Readonly<Record<string, unknown>> = {},
): readonly string[] {
  const [names, known] = [byName(given), byName(taken)];
  return [
    ...Object.entries(taken)
      .filter(([name, of]) => of?.required === true && !names.has(name.toLowerCase()))
      .map(([name]) => `${called} requires the ${kind} "${name}", which is not given`),
    ...Object.keys(given).filter((name) => !known.has(name.toLowerCase())).map((name) =>
      `${called} takes no ${kind} "${name}"${didYouMean({ word: name, known: Object.keys(taken) })}`
    ),
  ];
}

/**
 * What is asked for and not there to give.
 *
 * @see {@link https://github.com/actions/runner/blob/main/src/Sdk/WorkflowParser/Conversion/PermissionsHelper.cs}
 */
function wrongPermissions(
  who: string,
  asked: Permissions | undefined,
  most: Permissions,
): readonly string[] {
  if (asked === undefined) return [];
  const wrong = typeof asked === "string"
    ? most === asked || most === "write-all" ? [] : [asked]
    : Object.entries(asked).flatMap(([scope, level]) =>
      level === "none" || allows(most, level, scope) ? [] : [`${scope}: ${level}`]
    );
  if (wrong.length === 0) return [];
  return [
    `${who} asks for the permissions "${wrong.join(", ")}", more than the job that calls it has`,
  ];
}
