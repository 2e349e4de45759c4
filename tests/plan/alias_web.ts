/** How many lists a layer of a web has, and how many of the next layer each of them holds. */
const [SIZE, LINKS, LAYERS] = [250, 10, 40];

/**
 * Layers of lists that hold each other crosswise, as aliases let a small file have them. Webs of
 * all steps mean the same, but almost every list of one meets every list of another of its layer.
 */
export function web(step: number): unknown {
  let below: readonly unknown[] = Array.from({ length: SIZE }, () => "x");
  for (let layer = 0; layer < LAYERS; layer++) {
    const next = below;
    below = next.map((_, index) =>
      Array.from({ length: LINKS }, (_, link) => next[(index * step + link) % SIZE])
    );
  }
  return below[0];
}
