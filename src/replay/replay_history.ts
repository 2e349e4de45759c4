import { type Push, readPushes } from "../git/history.ts";
import { ObjectReader } from "../git/object_reader.ts";
import type { PushRange } from "../git/range.ts";
import { type FileVersion, listTree } from "../git/tree.ts";
import type { ReadBlob } from "../repository/file_index.ts";
import type { PlannedPush, Planner } from "./planner.ts";

/** How many pushes are read ahead, so that git has several files to look for at a time. */
const AHEAD = 64;

export async function* replayHistory(
  repo: string,
  range: PushRange,
  planner: Planner,
): AsyncGenerator<{ readonly push: Push; readonly planned: PlannedPush }> {
  await using objects = new ObjectReader(repo);
  const readAhead = (files: readonly FileVersion[]): ReadBlob => {
    const texts = new Map<string, Promise<string | undefined>>();
    for (const { path, id } of files) {
      if (id === undefined || texts.has(id) || !planner.reads(path)) continue;
      const text = objects.readText(id);
      // A failure shows when the text is asked for.
      text.catch(() => {});
      texts.set(id, text);
    }
    return (id) => texts.get(id) ?? objects.readText(id);
  };
  const files = await listTree(repo, range.from);
  await planner.fleet.apply(files, readAhead(files));
  for await (const pushes of inGroups(readPushes(repo, range))) {
    const read = readAhead(pushes.flatMap(({ files }) => files));
    for (const push of pushes) yield { push, planned: await planner.plan(push.files, read) };
  }
}

async function* inGroups<Item>(items: AsyncIterable<Item>): AsyncGenerator<readonly Item[]> {
  let group: Item[] = [];
  for await (const item of items) {
    if (group.push(item) < AHEAD) continue;
    yield group;
    group = [];
  }
  yield group;
}
