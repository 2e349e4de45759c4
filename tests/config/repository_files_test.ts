import assert from "node:assert/strict";
import { filesOnDisk } from "../../src/config/repository_files.ts";
import { UserError } from "../../src/errors.ts";
import { tempFolder } from "../temp_folder.ts";

Deno.test("filesOnDisk() lists the folders in a folder, sorted, and nothing else", async () => {
  await using folder = await tempFolder({
    "charts/b/Chart.yaml": "",
    "charts/a/": "",
    "charts/.hidden/x": "",
    "charts/README.md": "",
    "charts/c/d/e": "",
  });
  await Deno.symlink("b", `${folder.path}/charts/link`);
  const { folders } = filesOnDisk(folder.path);
  assert.deepEqual(await folders("charts"), [".hidden", "a", "b", "c"]);
  assert.deepEqual(await folders("charts/c"), ["d"]);
});

Deno.test("filesOnDisk() lists nothing where there is no folder, a file or a link", async () => {
  await using folder = await tempFolder({ "charts/b/Chart.yaml": "", "file": "" });
  await Deno.symlink("charts", `${folder.path}/link`);
  await Deno.symlink(".", `${folder.path}/charts/here`);
  const { folders } = filesOnDisk(folder.path);
  for (const path of ["none", "none/at/all", "file", "file/x", "link", "link/b", "charts/here/b"]) {
    assert.deepEqual(await folders(path), [], path);
  }
});

Deno.test("filesOnDisk() reads a file as text", async () => {
  await using folder = await tempFolder({ "charts/b/Chart.yaml": "name: é\r\n" });
  const { read } = filesOnDisk(folder.path);
  assert.equal(await read("charts/b/Chart.yaml"), "name: é\r\n");
});

Deno.test("filesOnDisk() reads nothing where there is no file, or a link leads to it", async () => {
  await using folder = await tempFolder({ "charts/b/Chart.yaml": "name: b" });
  await Deno.symlink("charts", `${folder.path}/link`);
  await Deno.symlink("b", `${folder.path}/charts/link`);
  const { read } = filesOnDisk(folder.path);
  for (
    const path of [
      ...["none", "charts/none/Chart.yaml", "charts/b", "charts/b/Chart.yaml/x"],
      ...["link/b/Chart.yaml", "charts/link/Chart.yaml"],
    ]
  ) {
    assert.equal(await read(path), undefined, path);
  }
});

Deno.test("filesOnDisk() reads a link as the path that it leads to, a circle of links too", async () => {
  await using folder = await tempFolder({ "a/Chart.yaml": "name: a" });
  await Deno.symlink("a/Chart.yaml", `${folder.path}/link`);
  await Deno.symlink("circle", `${folder.path}/circle`);
  const { read, folders } = filesOnDisk(folder.path);
  assert.equal(await read("link"), "a/Chart.yaml");
  assert.equal(await read("circle"), "circle");
  assert.equal(await read("circle/x"), undefined);
  assert.deepEqual(await folders("circle"), []);
});

Deno.test("filesOnDisk() reads neither a pipe nor a folder, which would wait for ever", async () => {
  await using folder = await tempFolder({});
  const { success } = await new Deno.Command("mkfifo", { args: [`${folder.path}/pipe`] }).output();
  assert.ok(success);
  assert.equal(await filesOnDisk(folder.path).read("pipe"), undefined);
});

Deno.test("filesOnDisk() reads nothing at a path that no file can have", async () => {
  await using folder = await tempFolder({ "a/b": "" });
  const { read, folders } = filesOnDisk(folder.path);
  for (const path of ["a\0b", "x".repeat(5_000), `a/${"x".repeat(300)}/b`]) {
    assert.equal(await read(path), undefined);
    assert.deepEqual(await folders(path), []);
  }
});

Deno.test({
  name: "filesOnDisk() says which file cannot be read",
  // Nothing is closed to root.
  ignore: Deno.uid() === 0 || Deno.build.os === "windows",
  fn: async () => {
    await using folder = await tempFolder({ "closed.yaml": "" });
    await Deno.chmod(`${folder.path}/closed.yaml`, 0);
    await assert.rejects(filesOnDisk(folder.path).read("closed.yaml"), (error: unknown) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /^closed\.yaml: Cannot read it: ./);
      return true;
    });
  },
});
