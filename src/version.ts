import manifest from "../deno.json" with { type: "json" };

/** The version of hubwright that is running, as in `deno.json`. */
export const VERSION: string = manifest.version;

/** The name under which hubwright is published. */
export const PACKAGE: string = manifest.name;
