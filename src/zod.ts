/**
 * The schema library, set up for a program that runs once.
 *
 * {@link https://zod.dev/packages/mini zod/mini} starts faster than zod's other half, and without
 * its compiler: a schema that is used once or twice takes longer to compile than that saves.
 *
 * @module
 */
import * as z from "zod/mini";

z.config({ jitless: true });

export { z };
