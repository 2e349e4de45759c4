/**
 * Writes to the standard output.
 *
 * @param text The text.
 */
export function print(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(text));
}
