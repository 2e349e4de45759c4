/** What comes of looking at a file; `undefined` where there is none. */
export async function ifThere<Value>(looking: Promise<Value>): Promise<Value | undefined> {
  const { NotADirectory, NotFound } = Deno.errors;
  try {
    return await looking;
  } catch (error) {
    if (error instanceof NotFound || error instanceof NotADirectory) return undefined;
    throw error;
  }
}
