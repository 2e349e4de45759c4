/** Hostile values in a config: each is refused with its place, or stands in the YAML as what it is. */
import assert from "node:assert/strict";
import { load } from "js-yaml";
import type { Config } from "../../src/config/config.ts";
import { LEG } from "../../src/config/leg_values.ts";
import { parseConfig } from "../../src/config/settings.ts";
import type { SetupStep } from "../../src/config/step_config.ts";
import { UserError } from "../../src/errors.ts";
import { formatAnnotation } from "../../src/github/annotation.ts";
import { shellQuote } from "../../src/text/shell_quote.ts";
import { generateWorkflows } from "../../workflows/mod.ts";
import { clusterOf, LOCK } from "../workflows/repositories.ts";
import { runScript } from "../workflows/shell.ts";
import { assertInertLog, assertNothingHidden } from "./inert.ts";
import { NAMES } from "./names.ts";
import { Trap } from "./trap.ts";

const CONFIG = "hubwright.config.ts";

/** What stands in the place of a hostile text in YAML that is known to be right. */
const TOKEN = "HARMLESS";

const setup = (step: object) => ({ setup: [{ name: "Set up", ...step } as SetupStep] });
const step = (change: object) => setup({ run: "true", ...change });
const action = (change: object) => setup({ uses: "./.github/actions/x", ...change });

const PLACES: Readonly<Record<string, (text: string) => Config>> = {
  defaultBranch: (text) => ({ defaultBranch: text }),
  clustersDir: (text) => ({ clustersDir: text }),
  ignoreClusters: (text) => ({ ignoreClusters: [text] }),
  "rules.allHubs": (text) => ({ rules: { allHubs: [text] } }),
  "rules.allSupport": (text) => ({ rules: { allSupport: ["a/**", `!${text}`] } }),
  "labels.skipDeploy": (text) => ({ labels: { skipDeploy: text, deployHubs: text } }),
  runtime: (text) => ({ runtime: ["env", text] }),
  "commands.upgradeHub": (text) => ({ commands: { upgradeHub: `x CLUSTER HUB ${text}` } }),
  "commands.healthCheck": (text) => ({ commands: { healthCheck: `${text}\nx CLUSTER HUB` } }),
  "the name of a step": (text) => step({ name: text }),
  "the script of a step": (text) => step({ run: `true\n${text}\ntrue` }),
  "a variable of a step": (text) => step({ env: { A: text } }),
  "a local action": (text) => action({ uses: `./${text}` }),
  "an input of an action": (text) => action({ with: { a: text } }),
  "the name of an input": (text) => action({ with: { [text]: "a" } }),
  "name": (text) => ({ name: text }),
  "a variable of a job": (text) => ({ jobs: { canary: { env: { A: text } } } }),
  "a machine": (text) => ({ jobs: { prod: { runsOn: ["self-hosted", text] } } }),
  "an environment": (text) => ({ jobs: { filter: { environment: text } } }),
  "a shell and a folder": (text) => ({
    jobs: {
      plan: {
        before: [{ name: "a", run: "b", shell: `x ${text} {0}`, workingDirectory: text }],
      },
    },
  }),
  "notify.slack": (text) => ({ notify: { slack: text } }),
};

/** Where a text goes that is refused whatever it is. */
const REFUSED: Readonly<Record<string, (text: string) => Config>> = {
  "the version of an action": (text) => action({ uses: `a/b@${"a".repeat(40)}`, version: text }),
  "the name of an action": (text) => action({ uses: `a/b${text}@v1` }),
  "the commit of an action": (text) => action({ uses: `a/b@${text}`, version: "v1.2.3" }),
  "a condition": (text) => step({ if: text }),
  "the shell of a job": (text) => ({ jobs: { every: { shell: `bash ${text} {0}` } } }),
  "a container": (text) => ({ jobs: { canary: { container: `a${text}:1` } } }),
  "the id of a step": (text) => step({ id: `${text} ` }),
  "a key": (text) => ({ [`${text} `]: 1 }),
};

function generate(config: Config, file = CONFIG): readonly string[] | UserError {
  return refusal(() => {
    const settings = parseConfig(config, file);
    const clusters = [clusterOf("earth", 1, 1, settings.clustersDir)];
    return generateWorkflows(settings, clusters, LOCK).map(({ text }) => text);
  });
}

/** Whether a config is fine by itself; where it is not, what is said is text, and has its place. */
function isFine(config: Config): boolean {
  const found = refusal(() => parseConfig(config, CONFIG).setup(LEG));
  if (found instanceof UserError) assertRefusal(found);
  return !(found instanceof UserError);
}

function refusal<Result>(run: () => Result): Result | UserError {
  try {
    return run();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

function join(configs: readonly Config[]): Config {
  return {
    ...Object.assign({}, ...configs),
    rules: Object.assign({}, ...configs.map(({ rules }) => rules)),
    jobs: Object.assign({}, ...configs.map(({ jobs }) => jobs)),
    commands: Object.assign({}, ...configs.map(({ commands }) => commands)),
    setup: configs.flatMap(({ setup }) => Array.isArray(setup) ? setup : []),
  };
}

function assertRefusal({ problems }: UserError): void {
  for (const problem of problems) {
    assert.ok(problem.file !== undefined, problem.message);
    assertInertLog(formatAnnotation(problem), { annotations: true });
  }
}

/** A script without what only shapes its lines, patterns in any order; the rest as it is. */
function unbroken(key: string, value: unknown): unknown {
  if (key === "paths" && Array.isArray(value)) return value.toSorted();
  if (key !== "run" || typeof value !== "string") return value;
  return value.replaceAll(/ \\\n */g, " ").trimEnd();
}

function read(text: string): unknown {
  return JSON.parse(JSON.stringify(load(text)), unbroken);
}

/** A value with a text in place of the token; a word of a shell is quoted. */
function withText(value: unknown, text: string): unknown {
  const inJson = (put: string) => JSON.stringify(put).slice(1, -1);
  const json = JSON.stringify(value)
    .replaceAll(`env ${TOKEN} `, () => inJson(`env ${shellQuote(text)} `))
    .replaceAll(TOKEN, () => inJson(text));
  return JSON.parse(json, unbroken);
}

Deno.test(`generate writes hostile texts of a config as what they are: ${NAMES.length} tried`, async () => {
  await using trap = await Trap.set();
  const harmless = new Map<string, readonly unknown[]>();
  const accepted: Record<string, number> = {};
  const check = (places: readonly string[], name: string): boolean => {
    const configOf = (text: string) => join(places.map((place) => PLACES[place]?.(text) ?? {}));
    const found = generate(configOf(name));
    if (found instanceof UserError) {
      assertRefusal(found);
      return false;
    }
    const key = places.join();
    const expected = harmless.get(key) ?? [generate(configOf(TOKEN))].flat().map(String).map(read);
    harmless.set(key, expected);
    assert.deepEqual(found.map(read), withText(expected, name), name);
    found.join("\n").split(/[\n\t]/).forEach(assertNothingHidden);
    for (const place of places) accepted[place] = (accepted[place] ?? 0) + 1;
    return true;
  };
  for (const name of trap.names) {
    const places = Object.keys(PLACES).filter((place) =>
      // That one is no key of an object that JavaScript would hand on.
      isFine(PLACES[place]?.(name) ?? {}) &&
      !(name === "__proto__" && place === "the name of an input")
    );
    if (check(places, name)) continue;
    for (const place of places) check([place], name);
  }
  assert.deepEqual(Object.keys(accepted).sort(), Object.keys(PLACES).sort());
  assert.ok(Object.values(accepted).every((count) => count > 10), JSON.stringify(accepted));
});

Deno.test(`generate writes a hostile name of the config as a comment: ${NAMES.length} tried`, async () => {
  await using trap = await Trap.set();
  const harmless = [generate({})].flat().map(String).map(read);
  for (let start = 0; start < trap.names.length; start += 8) {
    const name = trap.names.slice(start, start + 8).join("/");
    const found = generate({}, name);
    assert.ok(!(found instanceof UserError));
    assert.deepEqual(found.map(read), harmless, name);
    found.join("\n").split("\n").forEach(assertNothingHidden);
  }
});

Deno.test(`generate refuses what could be more than text, and says where: ${NAMES.length} tried`, async () => {
  await using trap = await Trap.set();
  for (const [place, configOf] of Object.entries(REFUSED)) {
    for (const name of trap.names) {
      const config = configOf(name);
      if (!isFine(config)) continue;
      const found = generate(config);
      // Some of the names are versions, and one is a commit.
      if (found instanceof UserError) assertRefusal(found);
      else assert.match(`${place}: ${name}`, /an action: (?:v?[0-9][\w.-]*|a{40})$/);
    }
  }
});

Deno.test(`shellQuote() makes a word of a hostile text: ${NAMES.length} tried`, async () => {
  await using trap = await Trap.set();
  const names = trap.names.filter((text) => text.isWellFormed() && !text.includes("\0"));
  const script = `printf '%s\\0' ${names.map(shellQuote).join(" ")}`;
  const { code, out } = await runScript(script, { cwd: "/" });
  assert.deepEqual([code, out.split("\0").slice(0, -1)], [0, names]);
  await trap.assertUnsprung();
});
