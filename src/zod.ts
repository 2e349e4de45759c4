/**
 * The schema library, set up for a program that runs once: without its compiler, since a schema
 * that is used once or twice takes longer to compile than that saves.
 *
 * Import it as `import * as z`, so that the build drops what is not used.
 *
 * @module
 */
import { config, int as makeInt, type ZodMiniNumberFormat } from "zod/mini";

config({ jitless: true });

export * from "zod/mini";

/** The library's own is not marked as free of side effects, so every run would make it. */
// @__NO_SIDE_EFFECTS__
export function int(): ZodMiniNumberFormat {
  return makeInt();
}
