/** The entries that a config gives: one that is `undefined` is as good as left out. */
export function given<Entries extends object>(
  entries: Entries,
): { readonly [Key in keyof Entries]?: Exclude<Entries[Key], undefined> } {
  return Object.fromEntries(
    Object.entries(entries).filter(([, value]) => value !== undefined),
  ) as never;
}
