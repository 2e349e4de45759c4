import assert from "node:assert/strict";
import { hubwright } from "../cli/fake_io.ts";
import { change, exampleRepository } from "./example.ts";

const PAGE = new URL("../../docs/simulating.md", import.meta.url);

/** How wide the page's tables are. */
const WIDTH = 100;

const EXAMPLE = /```sh\ndeno task hubwright (.*)\n```\n\n```text\n([\s\S]*?)```\n/g;

Deno.test("docs/simulating.md shows what hubwright simulate prints", async () => {
  await using repository = await exampleRepository();
  await change(repository, "config/clusters/common.values.yaml");
  const commitOf = async (ref: string) => (await repository.git("rev-parse", ref)).slice(0, 12);
  const [base, head] = [await commitOf("HEAD^"), await commitOf("HEAD")];
  const page = await Deno.readTextFile(PAGE);
  const examples = [...page.matchAll(EXAMPLE)];
  assert.equal(examples.length, 4);
  const codes: number[] = [];
  let told = page;
  for (const [block, command = "", shown = ""] of examples) {
    const words = [...command.matchAll(/"(.*?)"|\S+/g)].map(([word, quoted]) => quoted ?? word);
    const args = [...words, "--repo", repository.path];
    const { code, out, err } = await hubwright(args, { width: WIDTH });
    const shownOut = out.replaceAll(base, "0a0a0a0a0a0a").replaceAll(head, "1b1b1b1b1b1b");
    assert.equal(err, "");
    codes.push(code);
    told = told.replace(
      block,
      () => block.replace(`\`\`\`text\n${shown}`, () => `\`\`\`text\n${shownOut}`),
    );
  }
  assert.deepEqual(codes, [0, 1, 1, 1]);
  if (Deno.env.get("UPDATE_DOCS") === "1") await Deno.writeTextFile(PAGE, told);
  else assert.equal(page, told);
});
