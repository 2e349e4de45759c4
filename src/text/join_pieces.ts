const ENOUGH = 50_000;

/** Joins the pieces of a text to few large ones, so that writing them takes few calls. */
export function* joinPieces(pieces: Iterable<string>): Generator<string> {
  let text = "";
  for (const piece of pieces) {
    text += piece;
    if (text.length < ENOUGH) continue;
    yield text;
    text = "";
  }
  if (text !== "") yield text;
}
