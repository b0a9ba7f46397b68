/** Characters that draw nothing or turn the text around them: controls, bidi marks and overrides, line breaks. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu;
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';

/** A piece is cut first: a hostile name can be megabytes long. */
const visibleLetters = (piece: string): readonly string[] =>
  Array.from(piece.replaceAll(INVISIBLE, ' ').trim());

const isolated = (text: string): string =>
  RIGHT_TO_LEFT.test(text) ? `${FIRST_STRONG_ISOLATE}${text}${POP_ISOLATE}` : text;

/**
 * Text from a page, a folder or a kernel, made harmless inside a sentence: what cannot be seen becomes one
 * space, long text is cut, and text that runs from right to left keeps to itself.
 */
export const plainText = (text: string, maxLength: number): string => {
  const letters = visibleLetters(text.slice(0, maxLength * 4));
  return isolated(
    letters.length > maxLength ? `${letters.slice(0, maxLength - 1).join('')}…` : letters.join(''),
  );
};

/** A name inside a sentence or a button. */
export const shortName = (name: string): string => plainText(name, 48);

/** A name for a tooltip, where there is more room. */
export const longName = (name: string): string => plainText(name, 300);

/** A path cut in front: its end tells folders apart. */
export const shortPath = (path: string): string => {
  const letters = visibleLetters(path.slice(-400));
  return isolated(letters.length > 40 ? `…${letters.slice(-39).join('')}` : letters.join(''));
};
