import type { Pointer } from './layout.ts';

/** Of the newest number in a text and a name, where both have one. */
const lastNumber = (text: string): number | null => {
  const digits = /(\d{1,15})(?!.*\d)/s.exec(text)?.[1];
  return digits === undefined ? null : Number(digits);
};

/**
 * A pointer that holds a name, or a number that is part of one. Checkpoints are written one after another, so what is older than
 * the one that is named was finished, too.
 */
export const pointerFile = (file: string, weight: Pointer['weight']): Pointer => ({
  file,
  weight,
  covers: (text, name) => {
    const named = text.trim().split('/').at(-1) ?? '';
    if (named === name) return true;
    const upTo = lastNumber(named);
    const own = lastNumber(name.replace(/\.[A-Za-z]\w*$/, ''));
    return upTo !== null && own !== null && own <= upTo;
  },
});
