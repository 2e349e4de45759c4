import assert from "node:assert/strict";
import { importConfig } from "../../src/config/import_config.ts";
import { soundClusters, tryClusters } from "../../src/config/clusters.ts";
import { type Problem, UserError } from "../../src/errors.ts";
import { LEG } from "../../src/config/leg_values.ts";
import { tempFolder } from "../temp_folder.ts";
import { FILE, settingsOf } from "./parsed_config.ts";

/** The one problem that something throws, which is about the config. */
async function problemOf(work: () => unknown): Promise<string> {
  const error = await Promise.try(work).then(() => undefined, (error: unknown) => error);
  assert.ok(error instanceof UserError, Deno.inspect(error));
  assert.deepEqual(error.problems.map(({ file }: Problem) => file), [FILE]);
  return error.problems[0]?.message ?? "";
}

function setupProblem(setup: unknown): Promise<string> {
  return problemOf(() => settingsOf({ setup }).setup(LEG));
}

function fail(): never {
  throw new RangeError("no\nluck");
}

/** What can be thrown and not be written as text. */
const UNSPEAKABLE: Readonly<Record<string, unknown>> = {
  "an object without a prototype": Object.create(null),
  "an error whose message is no text": Object.assign(new Error(), { message: { toString: fail } }),
  "a proxy that throws": new Proxy({}, { getPrototypeOf: fail }),
};

const FILES = [
  { path: "c/earth/cluster.yaml", text: "name: earth\nprovider: gcp\nhubs: [{ name: a }]\n" },
];
const stagingProblem = (isStaging: unknown) =>
  problemOf(() => soundClusters(tryClusters(FILES, settingsOf({ clustersDir: "c", isStaging }))));

for (const [what, thrown] of Object.entries(UNSPEAKABLE)) {
  Deno.test(`tryClusters() and Settings.setup() say that the config threw ${what}`, async () => {
    const throwIt = () => {
      throw thrown;
    };
    assert.match(await stagingProblem(throwIt), /isStaging threw "some/);
    assert.match(await setupProblem(throwIt), /setup threw "some/);
  });
}

Deno.test("importConfig() says that a config threw what has no text, or no stack", async () => {
  for (
    const [thrown, said] of [
      ["Object.create(null)", /^Cannot load it: it threw "some/],
      [
        "Object.defineProperty(new Error('x'), 'stack', { get() { throw 1; } })",
        /^Cannot load it: x/,
      ],
    ] as const
  ) {
    await using repo = await tempFolder({ [FILE]: `throw ${thrown};\n` });
    assert.match(await problemOf(() => importConfig(repo.path)), said);
  }
});

Deno.test("importConfig() does not wait for a config that never ends", async () => {
  for (const text of ["{ then() {} }", "new Promise(() => {})"]) {
    await using repo = await tempFolder({ [FILE]: `export default ${text};\n` });
    const { config } = await importConfig(repo.path);
    assert.match(await problemOf(() => settingsOf(config)), /^Cannot read it: /);
  }
});

Deno.test("parseConfig() says where a getter or a proxy throws when it is looked at", async () => {
  const getter = Object.defineProperty({}, "rules", { enumerable: true, get: fail });
  const proxies = [{ ownKeys: fail }, { getPrototypeOf: fail }].map((traps) =>
    new Proxy({}, traps)
  );
  for (const config of [getter, ...proxies]) {
    const message = 'Cannot read it: it threw "no\\nluck"';
    assert.equal(await problemOf(() => settingsOf(config)), message);
  }
});

Deno.test("Settings.setup() says where a step throws when it is looked at", async () => {
  const step = {
    run: "x",
    get name() {
      return fail();
    },
  };
  for (const steps of [[step], new Proxy([step], { get: fail })]) {
    assert.match(await setupProblem(() => steps), /setup threw "no\\nluck"$/);
  }
});

Deno.test("Settings.setup() gives what was checked, not what a getter says later", () => {
  let asked = 0;
  const step = {
    name: "x",
    get run() {
      return asked++ < 3 ? "echo a" : "echo ${{ github.actor }}";
    },
  };
  const settings = settingsOf({ setup: () => [step] });
  const steps = settings.setup(LEG);
  asked = 10;
  assert.deepEqual(steps, [{ name: "x", run: "echo a" }]);
});

Deno.test("Settings.setup() reads a hole in the list as nothing", async () => {
  // deno-lint-ignore no-sparse-arrays
  assert.match(await setupProblem([,]), /"setup\[0\]": expected a mapping, found nothing/);
});

Deno.test("promises of isStaging and of setup that fail end nothing but the run", async () => {
  const late = () => Promise.reject(new Error("late"));
  assert.match(await setupProblem(late), /expected a list of steps/);
  assert.match(await stagingProblem(late), /expected isStaging to/);
});
