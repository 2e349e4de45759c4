import { type Expression, isExpression } from "../workflow/expression.ts";
import type { Permissions } from "../workflow/model.ts";
import * as z from "../zod.ts";
import { expected, mustBe } from "./issues.ts";
import type { Leg } from "./step_config.ts";
import { minutes, plainText, text, textOr, value, variables, whole } from "./text_schemas.ts";

/** Steps as a config gives them, not read yet. */
export type StepsOf<Leg> = readonly unknown[] | ((leg: Leg) => unknown);

export const listedSteps = z.custom<readonly unknown[]>(
  Array.isArray,
  expected("a list of steps"),
);

export const stepsOfLeg = z.custom<StepsOf<Leg>>(
  (input) => Array.isArray(input) || typeof input === "function",
  expected("a list of steps, or a function that gives one"),
);

/** The scopes of a job's token, and what may be granted of each. */
function scopes() {
  return {
    ...Object.fromEntries(
      [
        ...["actions", "artifact-metadata", "attestations", "checks", "contents", "deployments"],
        ...["discussions", "issues", "packages", "pages", "pull-requests", "security-events"],
        "statuses",
      ].map((scope) => [scope, permission("read", "write")]),
    ),
    "id-token": permission("write"),
    "models": permission("read"),
  };
}

// @__NO_SIDE_EFFECTS__
function permission(...access: readonly ("read" | "write")[]) {
  return z.optional(z.strictObject({
    access: z.enum(access),
    why: text.check(mustBe("a reason on one line", (why) => !/[\r\n]/.test(why))),
  }));
}

const permissions = z.strictObject(scopes()) as unknown as z.ZodMiniType<Permissions>;

const labels = z.readonly(z.array(plainText).check(z.minLength(1)));

const runsOn = z.union(
  [plainText, labels, z.strictObject({ group: plainText, labels: z.optional(labels) })],
  "expected a label, a list of labels, or { group, labels }",
);

const container = textOr(
  "image",
  "an image, or { image, env, volumes, options, credentials }",
  z.strictObject({
    image: plainText.check(mustBe(
      'an image with its digest, "name:tag@sha256:" and 64 hexadecimal digits',
      (image) => /^[^@\s]+@sha256:[0-9a-f]{64}$/.test(image),
    )),
    env: variables,
    volumes: z.optional(z.readonly(z.array(plainText))),
    options: z.optional(plainText),
    credentials: z.optional(z.strictObject({
      username: value,
      password: z.custom<Expression<string>>(isExpression, expected("a secret")),
    })),
  }),
);

/** The flags of a shell that leave it to run the whole script; `-n` or another script would not. */
const FLAG =
  "-(?:-(?:login|noprofile|norc|posix)|[aeluvxE]+|[aeluvxE]*o (?:errexit|nounset|pipefail))";

const SHELL = new RegExp(`^(?:[\\w./-]*/)?(?:ba)?sh(?: ${FLAG})+ \\{0\\}$`);

/** A shell under which a command that fails ends its step: else a failed upgrade would go unseen. */
const shell = plainText.check(mustBe(
  'bash, sh, or a command of theirs that stops where one fails: "bash -leo pipefail {0}"',
  (name) =>
    name === "bash" || name === "sh" ||
    (SHELL.test(name) && /\s-(?:[a-zE]*e|[a-z]*o errexit\b)/.test(name.replaceAll(/\s--\S+/g, ""))),
));

/** An environment, in whose name and URL some words are put in place of by names. */
// @__NO_SIDE_EFFECTS__
function environment(...words: readonly string[]) {
  const others = ["CLUSTER", "HUB"].filter((word) => !words.includes(word));
  const isRight = (named: string) => !others.some((word) => new RegExp(wordIn(word)).test(named));
  const named = plainText.check(
    mustBe(`no ${others.join(" or ")}, of which there is more than one in this job`, isRight),
  );
  return z.optional(textOr(
    "name",
    "the name of an environment, or { name, url, deployment }",
    z.strictObject({
      name: named,
      url: z.optional(named),
      deployment: z.optional(z.boolean()),
    }),
  ));
}

/** The source of a pattern for a word in the name of an environment. */
export function wordIn(word: string): string {
  return `(?<![A-Za-z0-9])(?:${word})(?![A-Za-z0-9])`;
}

const checkout = z.strictObject({
  submodules: z.optional(
    z.union([z.boolean(), z.literal("recursive")], 'expected true, false or "recursive"'),
  ),
  fetchDepth: z.optional(whole("of commits, or 0 for all", 0)),
  lfs: z.optional(z.boolean()),
});

const every = {
  runsOn: z.optional(runsOn),
  container: z.optional(container),
  env: variables,
  shell: z.optional(shell),
  timeoutMinutes: z.optional(minutes),
  permissions: z.optional(permissions),
  environment: environment(),
  checkout: z.optional(checkout),
  before: z.optional(listedSteps),
  after: z.optional(listedSteps),
};

/** GitHub puts a leg in parentheses behind the name, and cuts what is long. */
const name = z.string().check(mustBe(
  "a name of at most 50 characters on one line, without parentheses",
  (name) => /^(?!\s)[^()\p{Cc}]{1,50}(?<!\s)$/u.test(name) && !name.includes("${{"),
));

export const job = z.strictObject({ ...every, name: z.optional(name) });

/** What the job of legs may be told, in whose environment some words are put in place of by names. */
function legJob(...words: readonly string[]) {
  return {
    ...every,
    environment: environment(...words),
    maxParallel: z.optional(whole("from 1", 1)),
    before: z.optional(stepsOfLeg),
    after: z.optional(stepsOfLeg),
  };
}

export const jobs = z.strictObject({
  every: z.prefault(z.strictObject(every), {}),
  plan: z.prefault(job, {}),
  canary: z.prefault(z.strictObject({ ...legJob("CLUSTER"), name: z.optional(name) }), {}),
  filter: z.prefault(job, {}),
  prod: z.prefault(z.strictObject({ ...legJob("CLUSTER", "HUB"), name: z.optional(name) }), {}),
  report: z.prefault(job, {}),
  comment: z.prefault(z.strictObject(every), {}),
  task: z.prefault(z.strictObject(legJob("CLUSTER")), {}),
});
