/** The commands for people, on a repository in which every name is hostile. */
import assert from "node:assert/strict";
import { main } from "../../src/cli/main.ts";
import { hubwright } from "../cli/fake_io.ts";
import { smallRepository } from "../cli/repository.ts";
import { assertInertLog } from "./inert.ts";
import { NAMES } from "./names.ts";
import { type HostileRepository, hostileRepository, PRECISE } from "./repository.ts";
import { Trap } from "./trap.ts";

type Line = (repository: HostileRepository) => readonly string[];

const FORMATS = ["text", "table", "json", "csv"] as const;

/** What is asked, and in which formats the answer comes. */
const QUESTIONS: Readonly<Record<string, readonly [Line, readonly (typeof FORMATS)[number][]]>> = {
  validate: [() => ["validate"], ["table", "json"]],
  "replay all": [({ before }) => ["replay", `--from=${before}`], ["table", "json", "csv"]],
  "explain a cluster": [
    ({ before, keys }) => ["explain", "earth", `--base=${before}`, `--head=${keys}`],
    ["text", "json"],
  ],
  "explain another": [
    ({ named, keys }) => ["explain", "venus", `--base=${named}`, `--head=${keys}`],
    ["text", "json"],
  ],
  "list pins": [() => ["pins"], ["table", "json"]],
};

Deno.test("no report shows hostile names as more than text, and none is run", async (t) => {
  await using trap = await Trap.set();
  await using repository = await hostileRepository(trap, { checkedOut: true });
  for (const [question, [line, formats]] of Object.entries(QUESTIONS)) {
    for (const format of formats) {
      await t.step(`${question} as ${format}: ${repository.count} names of files`, async () => {
        for (const config of [[], ["--config", repository.folder.join(PRECISE)]]) {
          const { code, out, err } = await hubwright([
            ...[...line(repository), `--repo=${repository.folder.path}`, `--format=${format}`],
            ...config,
          ], { env: { GITHUB_ACTIONS: "true" } });
          assert.ok(code < 2, err.slice(0, 1_000));
          assert.ok(out.length > 100, err.slice(0, 1_000));
          assertInertLog(out);
          assertInertLog(err, { annotations: true });
        }
        await trap.assertUnsprung(repository.folder.path);
      });
    }
  }
});

Deno.test(`explain takes a hostile name of a file for text: ${NAMES.length} tried`, async () => {
  await using trap = await Trap.set();
  await using folder = await smallRepository();
  for (const [index, { text }] of NAMES.entries()) {
    const { code, out, err } = await hubwright([
      ...["explain", `--file=deployer/${trap.arm(text)}`, `--repo=${folder.path}`],
      `--format=${index % 2 === 0 ? "text" : "json"}`,
    ]);
    assert.ok(code < 3, err.slice(0, 1_000));
    assertInertLog(out);
    assertInertLog(err);
  }
  await trap.assertUnsprung(folder.path);
});

Deno.test(`a bug's report shows a hostile message as text: ${NAMES.length} tried`, async () => {
  for (const { text } of NAMES) {
    let err = "";
    const thrower = () => {
      throw new TypeError(text);
    };
    const code = await main(["plan", "--changed-files=a"], {
      ...{ out: () => {}, err: (said) => void (err += said), input: () => Promise.resolve("") },
      ...{ env: thrower, color: false, width: 80 },
    });
    assert.equal(code, 70);
    assertInertLog(err);
  }
});
