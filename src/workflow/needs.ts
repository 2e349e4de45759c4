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
