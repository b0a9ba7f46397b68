import type { Announcement, LogFormat, Reading } from '../log-format.ts';
import { readChinese } from './loop-chinese.ts';
import { readEnd } from './loop-ends.ts';
import { readLoad } from './loop-loads.ts';
import { readLoopProgress } from './loop-progress.ts';
import { readSave } from './loop-saves.ts';

/** Exactly the words that the grammars look for: whatever else a line holds, they would find nothing in it. */
const WORDS =
  /\b(?:(?:auto-?)?s(?:av(?:ed?|ing)|top|tor(?:ed|ing))|wr(?:itten|iting|ote)|dump(?:ed|ing)|load(?:ed|ing)|re(?:stor|sum|mov|load|start|cord)|continu|delet|prun|clean|best|early|train(?:ing)? (?:time|(?:\w+ ){0,6}(?:complet|finish|done|ended|over))|start(?:ing)? training for|(?:finished|done|completed) (?:with )?(?:the )?training)|[保加训早继恢]/i;

/**
 * Training loops people write themselves, which print what they like: small grammars instead of phrases, asked last.
 * What they read and what they leave is told where they stand (`loop-….ts`).
 */
export const loop: LogFormat = {
  name: 'loop',
  freeWords: {
    mayRead: (printed) => WORDS.test(printed),
    read: othersOf,
  },
};

// Two expressions: one that may match at the start or anywhere cannot skip through the line.
const COUNTED = /epoch|step|iter|update/i;
const IN_BRACKETS = /^\s{0,8}\[/;

/** Their lines of progress, which are most of what they print. */
export const loopProgress: LogFormat = {
  name: 'loop-progress',
  freeWords: {
    mayRead: (printed) => COUNTED.test(printed) || IN_BRACKETS.test(printed),
    read: (message, printed) => readLoopProgress(message, printed),
  },
};

function othersOf(message: string): Reading {
  const found = otherThanProgress(message);
  return found.length === 0 ? null : found;
}

// A grammar costs some microseconds a line.
const CHINESE = /[保加训早继恢]/;
const SAVE = /sav(?:ed?|ing)|stor(?:ed|ing)|writ(?:ten|ing)|wrote|dump/i;
const LOAD = /load|stored|storing|resum|continu|restart|delet|remov|prun|clean/i;
const END = /stop|train|new|record/i;

function otherThanProgress(message: string): readonly Announcement[] {
  const chinese = CHINESE.test(message) ? readChinese(message) : [];
  // `模型已保存 | Model saved: {path}`: whichever names the file.
  if (chinese.some(({ path }) => typeof path === 'string')) return chinese;
  const saves = SAVE.test(message) ? readSave(message) : [];
  // `Training complete. Final model saved to {path}`
  if (saves.length > 0) return [...saves, ...end(message).filter(({ kind }) => kind === 'train_end')];
  const loads = LOAD.test(message) ? readLoad(message) : [];
  if (loads.length > 0) return loads;
  return chinese.length > 0 ? chinese : end(message);
}

const end = (message: string): readonly Announcement[] => (END.test(message) ? readEnd(message) : []);
