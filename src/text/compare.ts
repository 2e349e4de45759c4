/** Orders text by its code units, and numbers by size: the same on every machine. */
export function compare<Value extends string | number>(a: Value, b: Value): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
