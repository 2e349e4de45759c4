/** How long GitHub lets a name that it makes be. */
const LONGEST = 100;

/** How a name ends that would be longer. */
export const CUT = "...";

/**
 * The name that GitHub gives a leg of a matrix job whose own name has no expression in it: the
 * job's name, and all that is in its matrix. A name that reads the matrix would be shown as it is
 * written wherever the whole job is skipped, as on every pull request.
 *
 * @see {@link https://github.com/actions/runner/blob/main/src/Sdk/WorkflowParser/Conversion/JobNameBuilder.cs}
 */
export function legName(job: string, matrix: unknown): string {
  const values = scalarsIn(matrix).map(String).filter((text) => text !== "");
  const name = values.length === 0 ? job : `${job} (${values.join(", ")})`;
  return name.length > LONGEST ? `${name.slice(0, LONGEST - CUT.length)}${CUT}` : name;
}

/** The name that GitHub gives a job of a workflow that a job calls. */
export function calledName(caller: string, called: string): string {
  return `${caller} / ${called}`;
}

/** Whether a name is that of a leg whose matrix begins with a value, as far as GitHub spells it. */
export function isLegOf(name: string, job: string, first: string): boolean {
  return [", ", ")"].some((end) =>
    name.startsWith(`${job} (${first}${end}`.slice(0, LONGEST - CUT.length))
  );
}

function scalarsIn(value: unknown): readonly unknown[] {
  if (typeof value !== "object") return [value];
  return value === null ? [] : Object.values(value).flatMap(scalarsIn);
}
