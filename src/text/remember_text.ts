/** What was written of some items, and of those that continue them. */
interface Written {
  text?: string;
  next?: WeakMap<object, Written>;
}

/**
 * Makes a writer of lists remember what it wrote, as long as the items live: all releases of a
 * fleet may share their causes, which may name thousands of files.
 */
export function rememberText<Item extends object>(
  write: (items: readonly Item[]) => string,
): (items: readonly Item[]) => string {
  const nothing: Written = {};
  return (items) => {
    let written = nothing;
    for (const item of items) {
      written.next ??= new WeakMap();
      const next = written.next.get(item) ?? {};
      written.next.set(item, next);
      written = next;
    }
    return written.text ??= write(items);
  };
}
