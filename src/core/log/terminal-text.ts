/** What a stretch of terminal output does; the methods are called in the order of the text. */
export interface TerminalSink {
  /** Text without any control character that this file knows: the characters of `chunk` from `from` to before `to`. */
  write(chunk: string, from: number, to: number): void;
  /** Takes back so many characters of the line. */
  backspace(count: number): void;
  /** Goes back to the start of the line. */
  carriageReturn(): void;
  /** Ends so many lines at once. */
  newlines(count: number): void;
}

export interface TerminalDecoder {
  /** Reads the next characters; an escape sequence may be cut anywhere between two calls. */
  decode(chunk: string, sink: TerminalSink): void;
}

type EscapeState = 'none' | 'escape' | 'csi' | 'osc' | 'osc-escape';

const BELL = 0x07;
const BACKSPACE = 0x08;
const NEWLINE = 0x0a;
const RETURN = 0x0d;
const ESC = 0x1b;
const PARAMETERS_LIMIT = 4;

/**
 * Takes colours, cursor movements and window titles (ECMA-48 CSI and OSC sequences) out of a text. Moving the cursor
 * to the first column (`CSI G`, as spinners of Node and Rich do) counts as a carriage return. A sequence broken off by
 * a character that cannot belong to it ends there, so a stray escape never swallows the log behind it.
 */
export function createTerminalDecoder(): TerminalDecoder {
  let state: EscapeState = 'none';
  let parameters = '';

  /** Consumes one character of an escape sequence; false when the character is not part of it. */
  const stepEscape = (code: number, sink: TerminalSink): boolean => {
    switch (state) {
      case 'none':
        return false;
      case 'escape':
        parameters = '';
        state = code === 0x5b ? 'csi' : code === 0x5d ? 'osc' : 'none';
        return state !== 'none' || (code >= 0x20 && code <= 0x7e);
      case 'csi':
        if (code >= 0x20 && code <= 0x3f) {
          if (parameters.length < PARAMETERS_LIMIT) parameters += String.fromCharCode(code);
          return true;
        }
        state = 'none';
        if (code < 0x40 || code > 0x7e) return false;
        if (code === 0x47 && (parameters === '' || parameters === '0' || parameters === '1')) {
          sink.carriageReturn();
        }
        return true;
      case 'osc':
        if (code === NEWLINE || code === RETURN) {
          state = 'none';
          return false;
        }
        if (code === BELL) state = 'none';
        else if (code === ESC) state = 'osc-escape';
        return true;
      case 'osc-escape':
        state = 'none';
        return code === 0x5c;
      default:
        return state satisfies never;
    }
  };

  const isInEscape = (): boolean => state !== 'none';

  /** Consumes an escape sequence as far as the chunk has it; returns where it goes on. */
  const skipEscape = (chunk: string, from: number, sink: TerminalSink): number => {
    let position = from;
    while (isInEscape() && position < chunk.length) {
      if (stepEscape(chunk.charCodeAt(position), sink)) position += 1;
    }
    return position;
  };

  return {
    decode(chunk, sink) {
      const specials = createSpecials(chunk);
      let position = skipEscape(chunk, 0, sink);
      while (position < chunk.length) {
        switch (chunk.charCodeAt(position)) {
          case NEWLINE: {
            const end = endOfRun(chunk, position, NEWLINE);
            sink.newlines(end - position);
            position = end;
            break;
          }
          case RETURN:
            position = endOfRun(chunk, position, RETURN);
            sink.carriageReturn();
            break;
          case BACKSPACE: {
            const end = endOfRun(chunk, position, BACKSPACE);
            sink.backspace(end - position);
            position = end;
            break;
          }
          case ESC:
            state = 'escape';
            position = skipEscape(chunk, position + 1, sink);
            break;
          default: {
            const end = specials.next(position);
            sink.write(chunk, position, end);
            position = end;
          }
        }
      }
    },
  };
}

const NEAR = 4;

const isSpecial = (code: number): boolean =>
  code === NEWLINE || code === RETURN || code === BACKSPACE || code === ESC;

/** Where the repetitions of one character end, of which there is one at `from`. */
function endOfRun(text: string, from: number, code: number): number {
  let at = from + 1;
  while (at < text.length && text.charCodeAt(at) === code) at += 1;
  return at;
}

/**
 * Finds the control characters of a chunk, one kind at a time: `indexOf` compares many characters at once, and most
 * chunks hold no other than newlines.
 */
function createSpecials(chunk: string): { next(from: number): number } {
  const first = (special: string, from: number): number => {
    const at = chunk.indexOf(special, from);
    return at === -1 ? chunk.length : at;
  };
  let newline = first('\n', 0);
  let carriageReturn = first('\r', 0);
  let backspace = first('\b', 0);
  let escape = first('\u001b', 0);
  return {
    next(from) {
      // Redraws of a few characters and the ends of escapes come so close that a search would cost more.
      const near = Math.min(chunk.length, from + NEAR);
      for (let at = from; at < near; at += 1) if (isSpecial(chunk.charCodeAt(at))) return at;
      if (newline < from) newline = first('\n', from);
      if (carriageReturn < from) carriageReturn = first('\r', from);
      if (backspace < from) backspace = first('\b', from);
      if (escape < from) escape = first('\u001b', from);
      return Math.min(newline, carriageReturn, backspace, escape);
    },
  };
}
