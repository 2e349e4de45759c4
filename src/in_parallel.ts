/**
 * Runs something for every item, for so many at a time, and gives the results in the order of the
 * items. Once one fails no further one is begun; the first in order that failed is what is thrown.
 */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  most: number,
  run: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Promise<Result>[] = [];
  let failed = false;
  const queue = items.entries();
  await Promise.all(Array.from({ length: most }, async () => {
    for (const [index, item] of queue) {
      if (failed) return;
      results[index] = run(item, index);
      await results[index].catch(() => failed = true);
    }
  }));
  // One after the other, so that it is the first in order that is thrown.
  return await Array.fromAsync(results);
}
