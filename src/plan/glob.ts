/**
 * Compiles a glob: plain names, `*` for any characters inside a segment, `**` as a whole segment for
 * any number of segments. Matching takes at most the product of the glob's and the path's length; a
 * regular expression would try every way to divide a name among several `*`.
 */
export function compileGlob(glob: string): (path: string) => boolean {
  const segments = glob.split("/").map((segment) => segment.split("*"));
  const [prefix = ""] = glob.split("*");
  const isLiteral = prefix === glob;
  return (path) => {
    // A quick answer for most paths.
    if (!path.startsWith(prefix)) return false;
    return isLiteral ? path === glob : fits(segments, path.split("/"));
  };
}

/** A segment of a glob, taken apart at each `*`. */
type Pieces = readonly string[];

function fits(segments: readonly Pieces[], names: readonly string[]): boolean {
  // At each index: whether the segments so far match exactly the names before it.
  let reached = [true, ...names.map(() => false)];
  for (const [index, pieces] of segments.entries()) {
    if (!isAnyDepth(pieces)) {
      reached = [false, ...names.map((name, at) => reached[at] === true && fitsName(pieces, name))];
    } else if (index === segments.length - 1) {
      return names.some((name, at) => reached[at] && (name !== "" || at < names.length - 1));
    } else {
      names.forEach((name, at) => {
        if (reached[at] && name !== "") reached[at + 1] = true;
      });
    }
  }
  return reached[names.length] === true;
}

/** Whether a segment is `**`. */
function isAnyDepth(pieces: Pieces): boolean {
  return pieces.length === 3 && pieces.every((piece) => piece === "");
}

function fitsName([first = "", ...rest]: Pieces, name: string): boolean {
  const last = rest.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first) || !name.endsWith(last)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = name.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at + last.length <= name.length;
}
