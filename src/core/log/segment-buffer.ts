/** What a terminal would show of a text that is still being written, in bounded memory. */
export interface SegmentBuffer {
  append(text: string): void;
  /** Takes back the newest characters, as a backspace does. */
  erase(count: number): void;
  isEmpty(): boolean;
  /** The newest characters, at most `count`. */
  newest(count: number): string;
  /** Everything kept, and an empty buffer afterwards. */
  take(): string;
}

/**
 * Keeps the first `headLimit` and the newest `tailLimit` characters and forgets the middle: announcements stand at
 * the start of a line, bars and what is glued to them at its end. What is kept depends on the characters alone, not
 * on how they were cut into appended pieces.
 */
export function createSegmentBuffer(headLimit: number, tailLimit: number): SegmentBuffer {
  const head = createPieces();
  const tail = createPieces();
  let hasForgotten = false;

  return {
    append(text) {
      let rest = text;
      if (tail.length() === 0 && !hasForgotten) {
        const room = headLimit - head.length();
        head.push(rest.slice(0, room));
        rest = rest.slice(room);
      }
      if (rest === '') return;
      tail.push(rest.length > tailLimit ? rest.slice(-tailLimit) : rest);
      const excess = tail.length() - tailLimit;
      hasForgotten ||= excess > 0 || rest.length > tailLimit;
      tail.dropOldest(excess);
    },
    erase(count) {
      const left = tail.dropNewest(count);
      if (!hasForgotten) head.dropNewest(left);
    },
    isEmpty: () => head.length() + tail.length() === 0,
    newest(count) {
      const end = tail.newest(count);
      return hasForgotten ? end : head.newest(count - end.length) + end;
    },
    take() {
      hasForgotten = false;
      return head.take() + tail.take();
    },
  };
}

interface Pieces {
  length(): number;
  push(text: string): void;
  dropOldest(count: number): void;
  /** Returns how many characters could not be dropped because there were no more. */
  dropNewest(count: number): number;
  newest(count: number): string;
  take(): string;
}

/**
 * One long string would be flattened anew at every backspace, which is quadratic for a text of "x", backspace, "x" …;
 * a list of pieces pays for each character once.
 */
function createPieces(): Pieces {
  let pieces: string[] = [];
  let first = 0;
  let length = 0;

  const compact = (): void => {
    if (first < 1024 || first < pieces.length / 2) return;
    pieces = pieces.slice(first);
    first = 0;
  };

  return {
    length: () => length,
    push(text) {
      if (text === '') return;
      pieces.push(text);
      length += text.length;
    },
    dropOldest(count) {
      let left = count;
      while (left > 0 && first < pieces.length) {
        const piece = pieces[first] ?? '';
        if (piece.length > left) pieces[first] = piece.slice(left);
        else first += 1;
        const dropped = Math.min(left, piece.length);
        length -= dropped;
        left -= dropped;
      }
      compact();
    },
    dropNewest(count) {
      let left = count;
      while (left > 0 && pieces.length > first) {
        const piece = pieces.pop() ?? '';
        if (piece.length > left) pieces.push(piece.slice(0, -left));
        const dropped = Math.min(left, piece.length);
        length -= dropped;
        left -= dropped;
      }
      return left;
    },
    newest(count) {
      const found: string[] = [];
      let left = count;
      for (let i = pieces.length - 1; i >= first && left > 0; i -= 1) {
        const piece = pieces[i] ?? '';
        found.push(piece.slice(-left));
        left -= piece.length;
      }
      return found.toReversed().join('');
    },
    take() {
      const text = pieces.slice(first).join('');
      pieces = [];
      first = 0;
      length = 0;
      return text;
    },
  };
}
