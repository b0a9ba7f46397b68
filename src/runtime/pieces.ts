/**
 * Bytes as they come, put together into pieces of one size; the last may be shorter. No piece is empty. What comes in that very
 * size is handed on as it is: a source leaves alone what it gave out.
 */
export async function* piecesOf(
  source: AsyncIterable<Uint8Array>,
  pieceBytes: number,
): AsyncGenerator<Uint8Array, void> {
  let piece: Uint8Array | null = null;
  let filled = 0;
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length;) {
      const fitting = chunk.subarray(at, at + pieceBytes - filled);
      at += fitting.length;
      if (fitting.length === pieceBytes) {
        yield fitting;
        continue;
      }
      piece ??= new Uint8Array(pieceBytes);
      piece.set(fitting, filled);
      filled += fitting.length;
      if (filled < pieceBytes) continue;
      yield piece;
      piece = null;
      filled = 0;
    }
  }
  if (piece !== null) yield piece.subarray(0, filled);
}
