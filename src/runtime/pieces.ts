/** Bytes as they come, put together into pieces of one size; the last may be shorter. No piece is empty. */
export async function* piecesOf(
  source: AsyncIterable<Uint8Array>,
  pieceBytes: number,
): AsyncGenerator<Uint8Array> {
  let piece = new Uint8Array(pieceBytes);
  let filled = 0;
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length;) {
      const fitting = chunk.subarray(at, at + pieceBytes - filled);
      piece.set(fitting, filled);
      filled += fitting.length;
      at += fitting.length;
      if (filled < pieceBytes) continue;
      yield piece;
      piece = new Uint8Array(pieceBytes);
      filled = 0;
    }
  }
  if (filled > 0) yield piece.subarray(0, filled);
}
