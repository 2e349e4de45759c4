import { thrownText } from "../src/errors.ts";
import { print } from "./print.ts";

/** Reads the command line; where that cannot be, says why and ends the process. */
export async function readOptions<Options>(
  read: () => Options | Promise<Options>,
): Promise<Options> {
  try {
    return await read();
  } catch (error) {
    print(`Cannot read the command line: ${thrownText(error)}\n`);
    Deno.exit(2);
  }
}

export function whole(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new RangeError(`expected a whole number, found "${text}"`);
}
