/** Joins a path to a folder, both relative to the repository's root. */
export function joinPath(folder: string, path: string): string | undefined {
  if (path.startsWith("/")) return undefined;
  const joined = `${folder}/${path}`;
  if (!EMPTY_OR_DOTS.test(joined)) return joined;
  const segments: string[] = [];
  for (const segment of joined.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") segments.push(segment);
    else if (segments.pop() === undefined) return undefined;
  }
  return segments.length === 0 ? undefined : segments.join("/");
}

const EMPTY_OR_DOTS = /(?:^|\/)\.{0,2}(?:\/|$)/;
