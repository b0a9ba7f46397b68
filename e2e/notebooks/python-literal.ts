/** A Python string literal of any text. JSON's escapes are Python's too, except for what is outside the BMP. */
export const pythonString = (text: string): string => {
  if (/[\u{10000}-\u{10ffff}]/u.test(text)) throw new Error('only characters of the basic plane');
  return JSON.stringify(text);
};
