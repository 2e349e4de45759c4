/** Lets something happen once it is its turn. */
export type Turn = <Result>(run: () => Promise<Result>) => Promise<Result>;

/** Lets so many things happen at a time, in the order in which they ask. */
export function turns(most: number): Turn {
  let free = most;
  const waiting: (() => void)[] = [];
  return async (run) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await run();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free++;
      else next();
    }
  };
}
