/** What a stretch of terminal output does: writes text, goes back to the start of the line, erases, or ends the line. */
export type TerminalAction =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'return' }
  | { readonly type: 'newline' }
  | { readonly type: 'backspace'; readonly count: number };

export interface TerminalDecoder {
  /** Reads the next characters; an escape sequence may be cut anywhere between two calls. */
  decode(chunk: string, act: (action: TerminalAction) => void): void;
}

type EscapeState = 'none' | 'escape' | 'csi' | 'osc' | 'osc-escape';

const ESC = '\u001b';
const BELL = '\u0007';
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const SPECIAL = /[\n\r\b\u001b]/g;

/**
 * Takes colours, cursor movements and window titles (ECMA-48 CSI and OSC sequences) out of a text. Moving the cursor
 * to the first column (`CSI G`, as spinners of Node and Rich do) counts as a carriage return. A sequence broken off by
 * a character that cannot belong to it ends there, so a stray escape never swallows the log behind it.
 */
export function createTerminalDecoder(): TerminalDecoder {
  let state: EscapeState = 'none';
  let parameters = '';

  /** Consumes one character of an escape sequence; false when the character is not part of it. */
  const stepEscape = (char: string, act: (action: TerminalAction) => void): boolean => {
    switch (state) {
      case 'none':
        return false;
      case 'escape':
        parameters = '';
        state = char === '[' ? 'csi' : char === ']' ? 'osc' : 'none';
        return state !== 'none' || (char >= ' ' && char <= '~');
      case 'csi': {
        if (char >= ' ' && char <= '?') {
          if (parameters.length < 4) parameters += char;
          return true;
        }
        state = 'none';
        if (char < '@' || char > '~') return false;
        if (char === 'G' && /^[01]?$/.test(parameters)) act({ type: 'return' });
        return true;
      }
      case 'osc':
        if (char === '\n' || char === '\r') {
          state = 'none';
          return false;
        }
        if (char === BELL) state = 'none';
        else if (char === ESC) state = 'osc-escape';
        return true;
      case 'osc-escape':
        state = 'none';
        return char === '\\';
      default:
        return state satisfies never;
    }
  };

  return {
    decode(chunk, act) {
      let position = 0;
      while (position < chunk.length) {
        if (state !== 'none') {
          if (stepEscape(chunk.charAt(position), act)) position += 1;
          continue;
        }
        SPECIAL.lastIndex = position;
        const end = SPECIAL.exec(chunk)?.index ?? chunk.length;
        if (end > position) act({ type: 'text', text: chunk.slice(position, end) });
        if (end === chunk.length) return;
        position = end + 1;
        const special = chunk.charAt(end);
        if (special === '\n') act({ type: 'newline' });
        else if (special === '\r') act({ type: 'return' });
        else if (special === ESC) state = 'escape';
        else {
          const first = end;
          while (chunk.charAt(position) === '\b') position += 1;
          act({ type: 'backspace', count: position - first });
        }
      }
    },
  };
}
