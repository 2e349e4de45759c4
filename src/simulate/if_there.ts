import { isMissing } from "../config/import_config.ts";

/** What comes of looking at a file; `undefined` where there is none. */
export async function ifThere<Value>(looking: Promise<Value>): Promise<Value | undefined> {
  return await looking.catch((error) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
}
