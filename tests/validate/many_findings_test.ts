import assert from "node:assert/strict";
import { defaultSettings } from "../../src/config/settings.ts";
import type { Repository } from "../../src/validate/repository.ts";
import type { EntryKind } from "../../src/validate/file_tree.ts";
import { validate } from "../../src/validate/validate.ts";

const MANY = 150_000;

Deno.test("validate() tells as many findings as there are, where a call could not take them", () => {
  const names = Array.from({ length: MANY }, (_, index) => `${index}.values.yaml`);
  const folders = new Map<string, ReadonlyMap<string, EntryKind>>([
    ["config/clusters", new Map([["earth", "folder"]])],
    ["config/clusters/earth", new Map(names.map((name) => [name, "file"]))],
  ]);
  const file = { path: "config/clusters/earth/cluster.yaml", text: "name: earth\n" };
  const repository: Repository = {
    settings: defaultSettings("hubwright.config.ts"),
    configText: "",
    written: new Set(),
    documents: [{ file, value: { name: "earth" }, cluster: undefined }],
    tree: { list: (folder) => folders.get(folder), leadsToFile: () => false },
  };
  const { warnings } = validate(repository, { findings: [], doubtful: new Set() });
  assert.equal(warnings.filter(({ rule }) => rule === "unreferenced-file").length, MANY);
});
