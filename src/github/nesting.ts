const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const OPENING: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const CLOSING: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/**
 * Whether JSON holds lists and objects inside each other more often than a number of times. Octokit
 * takes time by the square of it.
 */
export function isNestedDeeper(chunks: readonly Uint8Array[], most: number): boolean {
  let [depth, inText, escaped] = [0, false, false];
  for (const chunk of chunks) {
    for (const byte of chunk) {
      if (escaped) escaped = false;
      else if (inText && byte === BACKSLASH) escaped = true;
      else if (byte === QUOTE) inText = !inText;
      else if (!inText && OPENING.has(byte) && ++depth > most) return true;
      else if (!inText && CLOSING.has(byte)) depth--;
    }
  }
  return false;
}
