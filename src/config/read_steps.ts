import { describeValue, type Problem, thrownText, UserError } from "../errors.ts";
import { isMapping } from "../plan/key_changes.ts";
import { placeOfKey } from "./config_place.ts";
import { type ConfigSource, problemsOf } from "./config_problems.ts";
import { REPORT_INPUT } from "./issues.ts";
import type { PlainStep } from "./step_config.ts";
import { RunStep, UsesStep } from "./step_schema.ts";

/**
 * Reads the steps at some key of a config.
 *
 * @throws {UserError} With all that is wrong with them.
 */
export function readSteps(
  make: () => unknown,
  source: ConfigSource,
  ...at: readonly string[]
): readonly PlainStep[] {
  const key = at.join(".");
  const { file, text } = source;
  const wrong = (what: string, said: string) => (
    { file, ...placeOfKey(text, at), message: `Cannot read "${what}": expected ${said}` }
  );
  let problems: readonly Problem[];
  try {
    const steps = make();
    if (Array.isArray(steps)) {
      // A hole in a list is read as nothing.
      const parsed = Array.from(steps as readonly unknown[], (given) => {
        const step = plainStep(given);
        const isScript = isMapping(step) && "run" in step;
        return (isScript ? RunStep : UsesStep).safeParse(step, REPORT_INPUT);
      });
      problems = parsed.flatMap(({ error }, index) =>
        (error?.issues ?? []).flatMap((issue) => {
          if (issue.path[0] === "uses" && issue.input === undefined) {
            return [wrong(`${key}[${index}]`, '"run", a script, or "uses", an action')];
          }
          const known = Object.keys({ ...UsesStep.shape, ...RunStep.shape });
          return problemsOf({ ...issue, path: [...at, index, ...issue.path] }, source, known);
        })
      );
      if (problems.length === 0) return parsed.flatMap(({ data }) => data ?? []) as PlainStep[];
    } else {
      // No one waits for it, so what it fails with would end the process.
      if (steps instanceof Promise) steps.catch(() => {});
      problems = [wrong(key, `a list of steps, found ${describeValue(steps)}`)];
    }
  } catch (error) {
    const thrown = JSON.stringify(thrownText(error));
    problems = [{ file, message: `Cannot make the ${key} steps: ${key} threw ${thrown}` }];
  }
  throw new UserError(problems);
}

/** A step as a config writes it, where `run` or `uses` made it. */
function plainStep(step: unknown): unknown {
  if (!isMapping(step) || !isMapping(step.model)) return step;
  const { kind, run, uses, ...rest } = step.model;
  if (kind === "run" && isMapping(run)) return { ...rest, run: run.text };
  if (kind !== "uses" || !isMapping(uses)) return step;
  const { path, name, commit, version } = uses;
  if (uses.kind === "local") return { ...rest, uses: path };
  return uses.kind === "locked"
    ? { ...rest, uses: name }
    : { ...rest, uses: `${name}@${commit}`, version };
}
