import { parsePattern, type Pattern } from "../plan/pattern.ts";
import * as z from "../zod.ts";

type Check = z.core.$ZodCheck<string>;

// @__NO_SIDE_EFFECTS__
export function patternWith(...checks: readonly Check[]): z.ZodMiniType<Pattern, string> {
  return z.pipe(
    z.string().check(...checks),
    z.transform((value, context): Pattern => {
      const parsed = parsePattern(value);
      if (typeof parsed !== "string") return parsed;
      context.issues.push({ code: "custom", input: value, message: parsed });
      return z.NEVER;
    }),
  );
}

export const patterns = z.readonly(z.array(patternWith()));

// @__NO_SIDE_EFFECTS__
export function withoutException(advice: string): Check {
  return z.refine<string>(
    (text) => !text.startsWith("!"),
    `expected a pattern without "!": ${advice}`,
  );
}

export const plainPatterns = z.readonly(
  z.array(patternWith(withoutException('an exception belongs in "rules.allHubs"'))),
);
