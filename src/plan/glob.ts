/**
 * Compiles a glob: plain names, `*` for any characters inside a segment, `**` as a whole segment for
 * any number of segments.
 */
export function compileGlob(glob: string): (path: string) => boolean {
  const segments = glob.split("/");
  const [prefix = ""] = glob.split("*");
  if (prefix === glob) return (path) => path === glob;
  // A quick answer for most paths comes first.
  return (path) => path.startsWith(prefix) && fits(segments, path.split("/"));
}

function fits(segments: readonly string[], names: readonly string[]): boolean {
  // At each index: whether the segments so far match exactly the names before it.
  let reached = [true, ...names.map(() => false)];
  for (const [index, segment] of segments.entries()) {
    if (segment !== "**") {
      reached = [
        false,
        ...names.map((name, at) => reached[at] === true && matchesName(segment, name)),
      ];
    } else if (index === segments.length - 1) {
      return names.some((name, at) => reached[at] && (name !== "" || at < names.length - 1));
    } else {
      names.forEach((name, at) => {
        if (reached[at] && name !== "") reached[at + 1] = true;
      });
    }
  }
  return reached.at(-1) === true;
}

/**
 * Whether a name matches a pattern with `*` and `?` in it. Takes at most the product of both
 * lengths, where a regular expression would try every way to divide a name among several `*`.
 */
export function matchesName(pattern: string, name: string): boolean {
  const characters = [...name];
  // At each index: whether the pattern so far matches exactly the characters before it.
  let reached = [true, ...characters.map(() => false)];
  for (const wanted of pattern) {
    if (wanted === "*") {
      const first = reached.indexOf(true);
      reached = reached.map((_, at) => first >= 0 && at >= first);
    } else {
      reached = [
        false,
        ...characters.map((character, at) =>
          reached[at] === true && (wanted === "?" || wanted === character)
        ),
      ];
    }
  }
  return reached.at(-1) === true;
}
