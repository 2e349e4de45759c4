import { thrownText, UserError } from "../errors.ts";
import type { Plan } from "../plan/schema.ts";

export interface PlanFile extends Disposable {
  /** Leaves no plan behind. What was there before, a device perhaps, is not deleted. */
  readonly takeBack: () => Promise<void>;
}

/**
 * Writes a plan as JSON. The file holds a whole plan afterwards, or none.
 *
 * @throws {UserError} Where it cannot be written.
 */
export async function writePlanFile(path: string, result: Plan): Promise<PlanFile> {
  const { file, isNew } = await open(path).catch((error) => {
    throw cannotWrite(path, error);
  });
  const takeBack = () => (isNew ? Deno.remove(path) : file.truncate()).catch(() => {});
  try {
    let bytes = new TextEncoder().encode(`${JSON.stringify(result)}\n`);
    while (bytes.length > 0) bytes = bytes.subarray(await file.write(bytes));
  } catch (error) {
    await takeBack();
    file.close();
    throw cannotWrite(path, error);
  }
  return { takeBack, [Symbol.dispose]: () => file.close() };
}

async function open(
  path: string,
): Promise<{ readonly file: Deno.FsFile; readonly isNew: boolean }> {
  try {
    return { file: await Deno.open(path, { write: true, createNew: true }), isNew: true };
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    return { file: await Deno.open(path, { write: true, truncate: true }), isNew: false };
  }
}

function cannotWrite(path: string, error: unknown): UserError {
  return new UserError({ file: path, message: `Cannot write the plan: ${thrownText(error)}` });
}
