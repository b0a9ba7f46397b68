const MOST_LINES = 5000;
const TRUNCATED = `Streaming output truncated to the last ${MOST_LINES} lines.`;

/** What a stream looks like on a screen: carriage returns overwrite, backspaces go back, only the end is kept. */
export interface Terminal {
  readonly write: (text: string) => void;
  readonly text: () => string;
}

export const newTerminal = (): Terminal => {
  const lines: string[] = [''];
  const at = { column: 0, truncated: false };

  const put = (part: string): void => {
    const line = lines.at(-1) ?? '';
    lines[lines.length - 1] =
      line.slice(0, at.column).padEnd(at.column) + part + line.slice(at.column + part.length);
    at.column += part.length;
  };
  const steps: Readonly<Record<string, () => void>> = {
    '\n': () => {
      lines.push('');
      at.column = 0;
    },
    '\r': () => {
      at.column = 0;
    },
    '\b': () => {
      at.column = Math.max(0, at.column - 1);
    },
  };
  const trim = (): void => {
    const open = lines.at(-1) === '' ? 1 : 0;
    const tooMany = lines.length - open - MOST_LINES;
    if (tooMany <= 0) return;
    lines.splice(0, tooMany);
    at.truncated = true;
  };
  return {
    write: (text) => {
      for (const part of text.split(/([\n\r\b])/)) {
        const step = steps[part];
        if (step !== undefined) step();
        else if (part !== '') put(part);
      }
      trim();
    },
    text: () => (at.truncated ? `${TRUNCATED}\n` : '') + lines.join('\n'),
  };
};
