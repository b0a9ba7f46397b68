import { decodeUtf8 } from '../checkpoint/utf8.ts';
import { MADE_ON_DOS } from './zip-format.ts';

/** The upper half of IBM's code page 437, which a name is in when nothing else is said (APPNOTE, appendix D.1). */
const CODE_PAGE_437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐' +
  '└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

/**
 * The name in a central header. Whatever the UTF-8 flag says: Debian's zip 3.0 and macOS write UTF-8 without it (seen
 * November 2026), and text in another code page is hardly ever UTF-8 by chance. Windows' own writers put backslashes.
 */
export function entryName(bytes: Uint8Array, madeOn: number): string {
  const name = decodeUtf8(bytes) ?? Array.from(bytes, characterOf437).join('');
  return madeOn === MADE_ON_DOS ? name.replaceAll('\\', '/') : name;
}

const characterOf437 = (byte: number): string =>
  byte < 0x80 ? String.fromCharCode(byte) : CODE_PAGE_437.charAt(byte - 0x80);

/** What macOS puts beside each file when it packs a folder: attributes of its own that mean nothing elsewhere. */
export const isMacMetadata = (name: string): boolean =>
  name.startsWith('__MACOSX/') || name === '__MACOSX' || /(?:^|\/)\.DS_Store$/.test(name);
