import { encodeUtf8 } from './encode-utf8.ts';

/** The longest name that ext4, APFS and NTFS all take, in bytes of UTF-8 (NTFS counts UTF-16, which is never more). */
const MAX_BYTES = 255;
/** A longer ending is no file extension. */
const MAX_EXTENSION_BYTES = 32;

/**
 * What no name in an archive may hold: separators and what else Windows forbids, controls, line breaks, characters
 * that turn the text around them, and halves of surrogate pairs. Joiners stay: letters and emoji are made of them.
 * https://learn.microsoft.com/windows/win32/fileio/naming-a-file
 */
const FORBIDDEN = /[/\\<>:"|?*\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Cs}\p{Noncharacter_Code_Point}]/gu;

/** Windows opens a device under these names, whatever follows the first dot. Same page as above. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(?:\.|$)/i;

/**
 * One part of a path as every system can have it below a folder: no separator, no device, at most 255 bytes. Windows drops
 * dots and spaces at the end, so they become underscores there; `..` is one such name.
 */
export function safeSegment(segment: string): string {
  const allowed = firmEnd(segment.replaceAll(FORBIDDEN, '_'));
  if (collisionKey(allowed) === '') return '_';
  return markedSegment(DEVICE.test(allowed) ? `_${allowed}` : allowed, '');
}

/** The name with a mark before its extension, `model (2).pt`, cut in its middle where it gets too long. */
export function markedSegment(segment: string, mark: string): string {
  const dot = segment.lastIndexOf('.');
  const hasExtension = dot > 0 && byteLength(segment.slice(dot)) <= MAX_EXTENSION_BYTES;
  const end = mark + (hasExtension ? segment.slice(dot) : '');
  const stem = hasExtension ? segment.slice(0, dot) : segment;
  const cut = cutToBytes(stem, MAX_BYTES - byteLength(end));
  return cut === stem ? stem + end : firmEnd(cut) + end;
}

/**
 * Equal for two names which some file system takes for one: Windows and macOS don't tell case apart, macOS neither the
 * ways to write an accent nor (HFS+) characters that draw nothing.
 */
export const collisionKey = (segment: string): string =>
  segment
    .replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '')
    .normalize('NFD')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFD');

/** Looking behind keeps it linear: a hostile name can be a million spaces and a letter. */
const firmEnd = (text: string): string => text.replace(/(?<![. ])[. ]+$/, (end) => '_'.repeat(end.length));

const byteLength = (text: string): number => encodeUtf8(text).length;

/** As many whole characters from the front as fit. */
function cutToBytes(text: string, maxBytes: number): string {
  // No character takes less than a byte, so nothing past this can stay.
  const front = text.slice(0, maxBytes);
  if (front.length === text.length && byteLength(text) <= maxBytes) return text;
  let bytes = 0;
  let kept = '';
  for (const character of front) {
    bytes += byteLength(character);
    if (bytes > maxBytes) break;
    kept += character;
  }
  // The cut may have gone through a surrogate pair.
  return kept.replace(/\p{Cs}$/u, '');
}
