import assert from "node:assert/strict";
import { importConfig } from "../../src/config/import_config.ts";
import { parseClusters } from "../../src/config/clusters.ts";
import { parseConfig } from "../../src/config/settings.ts";
import { type Problem, UserError } from "../../src/errors.ts";
import { LEG } from "../../src/config/leg_values.ts";
import { tempFolder } from "../temp_folder.ts";

const FILE = "hubwright.config.ts";

/** The one problem that something throws, which is about the config. */
async function problemOf(work: () => unknown): Promise<string> {
  const error = await Promise.try(work).then(() => undefined, (error: unknown) => error);
  assert.ok(error instanceof UserError, Deno.inspect(error));
  assert.deepEqual(error.problems.map(({ file }: Problem) => file), [FILE]);
  return error.problems[0]?.message ?? "";
}

function setupProblem(setup: unknown): Promise<string> {
  const settings = parseConfig({ setup }, FILE);
  assert.ok("setup" in settings);
  return problemOf(() => settings.setup(LEG));
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

for (const [what, thrown] of Object.entries(UNSPEAKABLE)) {
  const throwIt = () => {
    throw thrown;
  };

  Deno.test(`parseClusters() says that isStaging threw ${what}`, async () => {
    const path = "config/clusters/earth/cluster.yaml";
    const files = [{ path, text: "name: earth\nprovider: gcp\nhubs: [{ name: a }]\n" }];
    const settings = { file: FILE, clustersDir: "config/clusters", isStaging: throwIt };
    assert.match(await problemOf(() => parseClusters(files, settings)), /isStaging threw "some/);
  });

  Deno.test(`Settings.setup() says that setup threw ${what}`, async () => {
    assert.match(await setupProblem(throwIt), /setup threw "some/);
  });
}

Deno.test("importConfig() says that a config threw what cannot be written as text", async () => {
  await using repo = await tempFolder({ [FILE]: "throw Object.create(null);\n" });
  assert.match(await problemOf(() => importConfig(repo.path)), /^Cannot load it: it threw "some/);
});

Deno.test("importConfig() says that a config threw an error without a stack", async () => {
  const text = "throw Object.defineProperty(new Error('x'), 'stack', { get() { throw 1; } });\n";
  await using repo = await tempFolder({ [FILE]: text });
  assert.match(await problemOf(() => importConfig(repo.path)), /^Cannot load it: x/);
});

Deno.test("importConfig() does not wait for a config that never ends", async () => {
  for (const text of ["{ then() {} }", "new Promise(() => {})"]) {
    await using repo = await tempFolder({ [FILE]: `export default ${text};\n` });
    const { config } = await importConfig(repo.path);
    assert.match(JSON.stringify(parseConfig(config, FILE)), /Cannot read it: /);
  }
});

/** Configs that do something when they are looked at. */
const LOOKED_AT: Readonly<Record<string, unknown>> = {
  "a getter that throws": {
    get rules() {
      return fail();
    },
  },
  "a proxy that throws": new Proxy({}, { ownKeys: fail }),
  "a proxy without a prototype": new Proxy({}, { getPrototypeOf: fail }),
};

for (const [what, config] of Object.entries(LOOKED_AT)) {
  Deno.test(`parseConfig() says where ${what} is in its way`, () => {
    const message = 'Cannot read it: it threw "no\\nluck"';
    assert.deepEqual(parseConfig(config, FILE), [{ file: FILE, message }]);
  });
}

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
  const settings = parseConfig({ setup: () => [step] }, FILE);
  assert.ok("setup" in settings);
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
  const isStaging = late as unknown as () => boolean;
  const path = "config/clusters/earth/cluster.yaml";
  const files = [{ path, text: "name: earth\nprovider: gcp\nhubs: [{ name: a }]\n" }];
  const settings = { file: FILE, clustersDir: "config/clusters", isStaging };
  assert.match(await problemOf(() => parseClusters(files, settings)), /expected isStaging to/);
});
