import assert from "node:assert/strict";

const ROOT = new URL("..", import.meta.url).pathname;

/** Every source file, with the source files that it imports. */
const imports = new Map<string, readonly string[]>();
const texts = new Map<string, string>();
for (const folder of ["src", "workflows"]) await read(folder);

async function read(folder: string): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(`${ROOT}${folder}`)) {
    const path = `${folder}/${name}`;
    if (isDirectory) await read(path);
    else if (name.endsWith(".ts")) {
      const text = await Deno.readTextFile(`${ROOT}${path}`);
      const names = [...text.matchAll(/^(?:import|export)\b[^;]*?\bfrom "(\.[^"]+\.ts)";/gm)];
      texts.set(path, text);
      imports.set(
        path,
        names.map(([, name = ""]) => new URL(name, `file:///${path}`).pathname.slice(1)),
      );
    }
  }
}

/** A way from a place back to itself, if there is one. */
function cycleIn(arrows: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (place: string, way: readonly string[]): readonly string[] | undefined => {
    if (way.includes(place)) return [...way.slice(way.indexOf(place)), place];
    if (done.has(place)) return undefined;
    done.add(place);
    return firstCycle(arrows.get(place) ?? [], [...way, place]);
  };
  const firstCycle = (places: Iterable<string>, way: readonly string[]) => {
    for (const place of places) {
      const cycle = visit(place, way);
      if (cycle !== undefined) return cycle;
    }
    return undefined;
  };
  return firstCycle(arrows.keys(), []);
}

/** The idea that a file belongs to: its folder below `src/`, or itself where it lies there alone. */
function roomOf(path: string): string {
  const [top = "", folder = "", ...rest] = path.split("/");
  return rest.length === 0 ? (top === "src" ? path : top) : `${top}/${folder}`;
}

Deno.test("no source file imports itself by way of others", () => {
  assert.equal(cycleIn(imports), undefined);
});

Deno.test("arrows between the folders of the source run one way", () => {
  const rooms = new Map<string, string[]>();
  for (const [path, targets] of imports) {
    const room = roomOf(path);
    const others = targets.map(roomOf).filter((other) => other !== room);
    rooms.set(room, [...rooms.get(room) ?? [], ...others]);
  }
  assert.equal(cycleIn(rooms), undefined);
});

Deno.test("plan/, filter/, workflow/, report/ and text/ are pure", () => {
  for (const [path, text] of texts) {
    if (!/^src\/(?:plan|filter|workflow|report|text)\//.test(path)) continue;
    assert.doesNotMatch(text, /\bDeno\.|\bfetch\(|\bprocess\.|Date\.now|Math\.random/, path);
  }
});

Deno.test("modules are imported late only where a path is known late: a config, and the tools", () => {
  const late = [...texts].filter(([, text]) => /\bimport\(/.test(text)).map(([path]) => path);
  assert.deepEqual(late.sort(), ["src/cli/main.ts", "src/config/import_config.ts"]);
});

Deno.test("two source files have one name only where they are one thing for two folders", () => {
  const byName = Map.groupBy(texts.keys(), (path) => path.split("/").at(-1) ?? "");
  const shared = [...byName].filter(([, paths]) => paths.length > 1).map(([name]) => name);
  // A command, and what it does; the step of a workflow, and the one that calls a command.
  assert.deepEqual(
    shared.sort(),
    ["filter.ts", "plan.ts", "replay.ts", "step.ts", "validate.ts"],
  );
});
