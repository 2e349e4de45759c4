import type { JobModel } from "./model.ts";

/** The names of what jobs that need a job read of it. */
export function outputNames({ outputs, calls }: JobModel): readonly string[] {
  return calls === undefined ? Object.keys(outputs) : calls.outputs;
}

/** All jobs that a job needs, by way of others too: the job itself among them where they go round. */
export function allNeeds(
  needs: ReadonlyMap<string, readonly string[]>,
  id: string,
): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (of: string): void =>
    needs.get(of)?.forEach((need) => {
      if (found.has(need)) return;
      found.add(need);
      visit(need);
    });
  visit(id);
  return found;
}
