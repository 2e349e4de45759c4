/** `comment` on artifacts that a fork filled with hostile texts. */
import assert from "node:assert/strict";
import { UserError } from "../../src/errors.ts";
import { formatAnnotation } from "../../src/github/annotation.ts";
import { readArtifact } from "../../src/github/read_artifact.ts";
import { BOUNDS } from "../../src/plan/bounds.ts";
import type { Plan } from "../../src/plan/schema.ts";
import { EMPTY, EXAMPLE } from "../report/arbitraries.ts";
import { assertInertLog } from "./inert.ts";
import { assertInertMarkdown } from "./inert_markdown.ts";
import { isFileName, NAMES } from "./names.ts";
import { type Played, RUN_URL, Stage } from "./stage.ts";

/** What names of clusters, hubs and providers may be, and the ids of commits. */
const FINE = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/;

/** How many names go into one plan: as many as a comment has room for. */
const NAMES_A_PLAN = 14;

type Files = Readonly<Record<string, string>>;

/** Does something with an artifact in which some files are not as they should be. */
async function withFiles<Result>(
  { temp }: Stage,
  files: Files,
  run: (folder: string) => Result | Promise<Result>,
): Promise<Result> {
  const folder = temp.join("pr");
  const sound: Files = { number: "7\n", "plan.json": JSON.stringify(EXAMPLE) };
  for (const [name, text] of Object.entries(files)) {
    Deno.writeTextFileSync(`${folder}/${name}`, text);
  }
  const result = await run(folder);
  for (const name of Object.keys(files)) {
    if (sound[name] === undefined) Deno.removeSync(`${folder}/${name}`);
    else Deno.writeTextFileSync(`${folder}/${name}`, sound[name]);
  }
  return result;
}

async function commentOn(stage: Stage, files: Files): Promise<Played> {
  const run = () => stage.run(["comment"], { env: stage.commentEnv });
  const ran = await withFiles(stage, files, run);
  assert.equal(ran.code === 0, ran.comment !== undefined, "no comment where anything is wrong");
  return ran;
}

/** Why an artifact is refused, as a log says it; nothing where it is not. */
function refusalOf(folder: string): string {
  try {
    readArtifact(folder);
    return "";
  } catch (error) {
    assert.ok(error instanceof UserError, String(error));
    return error.problems.map((problem) => `${formatAnnotation(problem)}\n`).join("");
  }
}

const withPlan = (plan: unknown): Files => ({ "plan.json": JSON.stringify(plan) });

function planSaying(texts: readonly string[]): Plan {
  const leg = (at: number) => ({ cluster_name: `c${at}`, provider: "gcp" });
  const canary = { upgrade_support: true, staging_hubs: ["staging"] };
  return {
    ...EMPTY,
    support_and_staging: texts.map((text, at) => ({
      ...{ ...leg(at), ...canary, support_reason: text, staging_reason: text },
    })),
    prod: texts.map((reason, at) => ({ ...leg(at), hub_name: "prod", reason })),
    notices: texts.map((message) => ({ level: "notice", message })),
  };
}

Deno.test(`comment shows hostile reasons and notices as text: ${NAMES.length} tried`, async () => {
  await using stage = await Stage.set();
  const skeletonOf = async (texts: readonly string[]) => {
    const { comment, err } = await commentOn(stage, withPlan(planSaying(texts)));
    return assertInertMarkdown(comment ?? assert.fail(err), [RUN_URL]);
  };
  const fits = stage.trap.names.filter((text) => text.length <= BOUNDS.text)
    .sort((a, b) => a.length - b.length);
  const harmless = Array.from({ length: NAMES_A_PLAN }, (_, index) => `x${index}`);
  const skeleton = await skeletonOf(harmless);
  for (let start = 0; start < fits.length; start += NAMES_A_PLAN) {
    const some = fits.slice(start, start + NAMES_A_PLAN);
    assert.equal(await skeletonOf([...some, ...harmless.slice(some.length)]), skeleton);
  }
  const tooLong = stage.trap.names.filter((text) => text.length > BOUNDS.text);
  assert.equal(tooLong.length, 2);
  for (const text of tooLong) {
    assert.equal((await commentOn(stage, withPlan(planSaying([text])))).code, 1);
  }
});

/** What a hostile text makes of an artifact; all are refused but names that are fine. */
const ARTIFACTS: Readonly<Record<string, (text: string) => Files>> = {
  "names of clusters and commits": (name) =>
    withPlan({
      ...EXAMPLE,
      base: name,
      prod: EXAMPLE.prod.map((row) => ({ ...row, cluster_name: name, provider: name })),
    }),
  "names of hubs": (name) =>
    withPlan({
      ...EXAMPLE,
      prod: EXAMPLE.prod.map((row) => ({ ...row, hub_name: name })),
      support_and_staging: EXAMPLE.support_and_staging.map((row) =>
        row.staging_hubs.length === 0 ? row : { ...row, staging_hubs: [name] }
      ),
    }),
  "keys, levels and versions": (name) =>
    withPlan({
      ...EXAMPLE,
      [name]: 1,
      version: name,
      notices: [{ level: name, message: "x", [name]: name }],
    }),
  "texts in place of a plan": (text) => withPlan(text),
  "texts in place of JSON": (text) => ({ "plan.json": text }),
  "numbers of pull requests": (text) => ({ number: text }),
  "names of files": (text) => ({ [text.replaceAll("/", "_")]: "" }),
};

for (const [what, filesOf] of Object.entries(ARTIFACTS)) {
  Deno.test(`comment refuses hostile ${what}: ${NAMES.length} tried`, async () => {
    await using stage = await Stage.set();
    let refused = 0;
    for (const { text } of NAMES) {
      const isName = what === "names of files";
      const name = isName ? stage.trap.armHere(text) : stage.trap.arm(text);
      const files = filesOf(name);
      if (!Object.keys(files).every((name) => isFileName(name))) continue;
      const refusal = await withFiles(stage, files, refusalOf);
      assertInertLog(refusal, { annotations: true });
      if (refusal !== "") refused++;
      else assert.match(what.startsWith("names") ? name : "", FINE);
    }
    assert.equal((await commentOn(stage, filesOf("::error::x"))).code, 1);
    assert.ok(refused > 340, String(refused));
  });
}
