import { readPushes } from "../git/history.ts";
import { ObjectReader } from "../git/object_reader.ts";
import type { PushRange } from "../git/range.ts";
import { listTree } from "../git/tree.ts";
import type { FileVersion, TextOf } from "../replay/fleet.ts";
import type { Replay } from "../replay/replay.ts";

/** How many pushes are read ahead, so that git has several files to look for at a time. */
const AHEAD = 64;

/**
 * Replays every push of a history, none of which is checked out.
 *
 * @throws {UserError} Where git cannot read the history.
 */
export async function replayHistory(
  repo: string,
  range: PushRange,
  replay: Pick<Replay, "reads" | "start" | "add">,
  onProgress: (done: number) => void = () => {},
): Promise<void> {
  await using objects = ObjectReader.start(repo);
  const files = await listTree(repo, range.from);
  replay.start(files, await readTexts(files, replay, objects));
  let done = 0;
  for await (const pushes of inGroups(readPushes(repo, range), AHEAD)) {
    const textOf = await readTexts(pushes.flatMap(({ files }) => files), replay, objects);
    for (const push of pushes) {
      await replay.add(push, textOf);
      onProgress(++done);
    }
  }
}

/** Reads the texts of those files that the replay needs. */
async function readTexts(
  files: readonly FileVersion[],
  replay: Pick<Replay, "reads">,
  objects: ObjectReader,
): Promise<TextOf> {
  const ids = files.flatMap(({ path, id }) => id !== undefined && replay.reads(path) ? [id] : []);
  const texts = new Map(
    await Promise.all(
      [...new Set(ids)].map(async (id) => [id, await objects.readText(id)] as const),
    ),
  );
  return (id) => texts.get(id);
}

async function* inGroups<Item>(
  items: AsyncIterable<Item>,
  size: number,
): AsyncGenerator<readonly Item[]> {
  let group: Item[] = [];
  for await (const item of items) {
    group.push(item);
    if (group.length < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}
