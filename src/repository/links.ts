import type { FollowPath } from "../config/named_files.ts";
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
    if (astray === undefined) return [...new Set([path, ...links, real])];
    const why =
      `the link ${astray} leads out of the repository, or in a circle; put a file in its ` +
      "place";
    return { astray: why };
  };
}
