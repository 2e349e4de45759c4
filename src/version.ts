/** The version of hubwright: the one in `deno.json`, which a test compares; reading it takes longer. */
export const VERSION = "0.1.0";
