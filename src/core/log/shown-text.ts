import type { LogEvent } from './log-event.ts';
import { createLogScanner } from './scanner.ts';

/**
 * Reads a text as it stands on a page, again each time it changed. The page has drawn it already: a bar is one line
 * that changes, and a long text has lost its beginning (Colab keeps the last 5000 lines).
 */
export interface ShownTextReader {
  /** Events of what is new in `text`, which is all that is shown now. A text that went away is no news. */
  read(text: string): readonly LogEvent[];
}

/** So much of the end of what was read is looked for again. */
const ANCHOR_LENGTH = 2000;
/** A longer last line is no bar. */
const BAR_LENGTH = 4096;

export function createShownTextReader(): ShownTextReader {
  const lines = createLogScanner();
  let anchor = '';
  let lastLine = '';

  const newLines = (complete: string): string => {
    const at = anchor === '' ? -1 : complete.lastIndexOf(anchor);
    // Nothing of it is there any more: so much was printed meanwhile, or the output was cleared.
    return at === -1 ? complete : complete.slice(at + anchor.length);
  };

  return {
    read(text) {
      if (text === '') return [];
      const end = text.lastIndexOf('\n') + 1;
      const fresh = newLines(text.slice(0, end));
      if (fresh !== '') anchor = text.slice(Math.max(0, end - ANCHOR_LENGTH), end);
      const bar = text.slice(Math.max(end, text.length - BAR_LENGTH));
      const changed = bar !== lastLine;
      lastLine = bar;
      // What the last line will say when it is complete is not known: only a bar can be read off it.
      return [...(fresh === '' ? [] : lines.push(fresh)), ...(changed ? createLogScanner().push(bar) : [])];
    },
  };
}
