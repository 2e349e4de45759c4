import type { FollowPath } from "../config/named_paths.ts";
import { joinPath } from "../config/paths.ts";
import { type Linked, resolve, type Resolved } from "./files.ts";

/** Follows paths of which many share a folder. */
export function linkFollower(files: Linked): FollowPath {
  const folders = new Map<string, Resolved>();
  return (path) => {
    const end = path.lastIndexOf("/");
    const above = path.slice(0, Math.max(end, 0));
    const folder = folders.get(above) ?? resolve(files, above);
    folders.set(above, folder);
    const isPlain = folder.links.length === 0 &&
      (folder.kind !== "folder" || files.list(folder.path)?.get(path.slice(end + 1)) !== "link");
    if (isPlain) return [path];
    const { links, path: real, astray } = resolve(files, path);
    return astray === undefined ? [...new Set([path, ...links, real])] : { astray };
  };
}

/** Whether a `cluster.yaml` may name a file behind a link. */
export function mayFollowLinks(files: Linked, path: string, text: string): boolean {
  const folder = path.slice(0, path.lastIndexOf("/"));
  // The pattern takes much longer to find nothing.
  const elsewhere = text.includes("../") ? text.match(ELSEWHERE) ?? [] : [];
  return hasLink(files, folder) || elsewhere.some((name) => {
    const joined = joinPath(folder, name);
    if (joined === undefined) return false;
    const { links, kind } = resolve(files, joined);
    // A name with a space or a quote in it is cut short here.
    return links.length > 0 || kind === undefined;
  });
}

/** A name of a file outside the folder, as YAML has it. */
const ELSEWHERE = /[^\s"',[\]{}]*\.\.\/[^\s"',[\]{}]*/g;

function hasLink(files: Linked, folder: string): boolean {
  return files.list(folder)?.entries().some(([name, kind]) =>
    kind === "link" || kind === "folder" && hasLink(files, `${folder}/${name}`)
  ) ?? false;
}
