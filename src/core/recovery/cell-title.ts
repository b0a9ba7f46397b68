const maxLength = 80;

/**
 * A cell's title for lists: its first line with text that is not a cell magic, without comment marks and Colab's
 * `@title`, at most 80 characters.
 */
export function cellTitle(source: string): string {
  const lines = source
    .slice(0, 20_000)
    .split('\n')
    .map((line) => line.trim());
  const texts = lines.filter((line) => /[^\s#]/.test(line));
  const line =
    texts.find((text) => !text.startsWith('%%')) ?? texts[0] ?? lines.find((text) => text !== '') ?? '';
  const title = line.replace(/^#+\s*(?:@(?:title|markdown)\s*)?/, '') || line;
  const characters = Array.from(title);
  return characters.length <= maxLength ? title : `${characters.slice(0, maxLength - 1).join('')}…`;
}

/** A hash that tells versions of a cell apart: FNV-1a over UTF-16 units in two lanes, and the length. Not for security. */
export function sourceHash(source: string): string {
  let one = 0x811c9dc5;
  let two = 0x1b873593;
  for (let at = 0; at < source.length; at += 1) {
    const unit = source.charCodeAt(at);
    one = Math.imul(one ^ unit, 0x01000193);
    two = Math.imul(two ^ unit, 0x85ebca6b) ^ (two >>> 13);
  }
  return [one, two, source.length].map((part) => (part >>> 0).toString(36)).join('-');
}
