import { parsePattern } from "../plan/pattern.ts";
import * as z from "../zod.ts";
import { command } from "./deploy_command_schema.ts";
import { mustBe } from "./issues.ts";
import { taskFile } from "./task_file.ts";
import { cron, scriptText, text, textLike } from "./text_schemas.ts";

const taskRule = text.check(mustBe(
  'a pattern, in which "{cluster}" and "{provider}" stand for names',
  (rule) => typeof parsePattern(rule.replaceAll(/\{(?:cluster|provider)\}/g, "x")) !== "string",
));

const task = z.strictObject({
  name: textLike(
    /^[A-Za-z0-9](?:[A-Za-z0-9 ()-]{0,98}[A-Za-z0-9)])?$/,
    'a name of letters, digits, " ", "-" and brackets, 100 characters at most',
  ),
  on: z.strictObject({
    schedule: z.optional(cron),
    dispatch: z._default(z.boolean(), false),
    push: z._default(z.boolean(), false),
    pullRequest: z.optional(z.enum(["run", "plan"])),
  }).check(z.refine(
    (on) => Object.values(on).some(Boolean),
    "expected something that starts it: a schedule, dispatch, push or pullRequest",
  )),
  each: z.enum(["cluster", "hub"]),
  rules: z.optional(z.readonly(
    z.array(taskRule).check(
      z.minLength(1),
      // GitHub refuses a path filter of nothing but exceptions.
      z.refine(
        (rules) => rules.some((rule) => !rule.startsWith("!")),
        'expected a pattern without "!" beside the exceptions',
      ),
    ),
  )),
  run: scriptText,
  access: z._default(z.boolean(), false),
}).check(
  z.refine((task) => runMistake(task) === undefined, {
    error: ({ input }) => runMistake(input as { each: string; run: string }) ?? "",
    path: ["run"],
  }),
  z.refine(({ on, access }) => on.pullRequest !== "run" || !access, {
    error: 'expected "plan", or no "access": what a pull request brings must reach no cluster',
    path: ["on", "pullRequest"],
  }),
);

function runMistake({ each, run }: { readonly each: string; readonly run: string }) {
  const names = each === "hub" ? ["CLUSTER", "HUB"] as const : ["CLUSTER"] as const;
  return command(...names).safeParse(run).error?.issues[0]?.message;
}

export const tasks = z.array(task).check(
  mustBe(
    "tasks with names that make different files",
    (all) => new Set(all.map(({ name }) => taskFile(name))).size === all.length,
  ),
);
