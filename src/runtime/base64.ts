const DIGITS = new TextEncoder().encode('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const PADDING = '='.charCodeAt(0);

/** Two digits for each twelve bits, as they lie in memory: every machine that runs a browser has the lower byte first. */
const PAIRS = Uint16Array.from(
  { length: 4096 },
  (_, bits) => (DIGITS[bits >>> 6] ?? 0) | ((DIGITS[bits & 63] ?? 0) << 8),
);

/**
 * Base64 of bytes, for the contents routes, as the ASCII that goes over the line. The browsers' own `toBase64` is faster, but
 * gives a text, and to make bytes of that takes longer than this.
 */
export function encodeBase64(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const text = new Uint8Array(Math.ceil(bytes.length / 3) * 4);
  const pairs = new Uint16Array(text.buffer);
  for (let from = 0, to = 0; from < bytes.length; from += 3, to += 2) {
    const three = ((bytes[from] ?? 0) << 16) | ((bytes[from + 1] ?? 0) << 8) | (bytes[from + 2] ?? 0);
    pairs[to] = PAIRS[three >>> 12] ?? 0;
    pairs[to + 1] = PAIRS[three & 4095] ?? 0;
  }
  const missing = (3 - (bytes.length % 3)) % 3;
  return text.fill(PADDING, text.length - missing);
}

/** The bytes of a base64 text; `null` when it is none. */
export function decodeBase64(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}
