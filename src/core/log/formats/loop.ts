import type { Announcement, LogFormat, Reading } from '../log-format.ts';
import { readChinese } from './loop-chinese.ts';
import { readEnd } from './loop-ends.ts';
import { readLoad } from './loop-loads.ts';
import { readLoopProgress } from './loop-progress.ts';
import { readSave } from './loop-saves.ts';

/**
 * Training loops people write themselves, which print what they like: small grammars instead of phrases, asked last.
 * What they read and what they leave is told where they stand (`loop-….ts`).
 */
export const loop: LogFormat = {
  name: 'loop',
  freeWords: {
    words:
      /\b(?:(?:auto-?)?sav(?:ed?|ing)|stor(?:ed|ing)|writ(?:ten|ing)|wrote|dump(?:ed|ing)|load(?:ed|ing)|re(?:stor|sum|mov|load)|continu|delet|prun|epoch|step|iter|best|early.?stop|stop|training|loss)|[保加训早继恢]/i,
    read,
  },
};

function read(message: string, printed: string): Reading {
  const progress = PROGRESS.test(printed) ? readLoopProgress(message, printed) : null;
  const others = otherThanProgress(message);
  if (progress === null) return others.length === 0 ? null : others;
  return [progress, ...others];
}

// A grammar costs some microseconds a line, and a loop can print a line at every step.
const PROGRESS = /epoch|step|iter|update|loss|train/i;
const CHINESE = /[保加训早继恢]/;
const SAVE = /sav(?:ed?|ing)|stor(?:ed|ing)|writ(?:ten|ing)|wrote|dump/i;
const LOAD = /load|stored|storing|resum|continu|restart|delet|remov|prun|clean/i;
const END = /stop|train|new|record/i;

function otherThanProgress(message: string): readonly Announcement[] {
  if (CHINESE.test(message)) {
    const found = readChinese(message);
    if (found.length > 0) return found;
  }
  const saves = SAVE.test(message) ? readSave(message) : [];
  // `Training complete. Final model saved to {path}`
  if (saves.length > 0) return [...saves, ...end(message).filter(({ kind }) => kind === 'train_end')];
  const loads = LOAD.test(message) ? readLoad(message) : [];
  return loads.length > 0 ? loads : end(message);
}

const end = (message: string): readonly Announcement[] => (END.test(message) ? readEnd(message) : []);
