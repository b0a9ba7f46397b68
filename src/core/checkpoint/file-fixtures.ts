/** Files made by hand for tests, byte for byte as the libraries lay them out. */
const bytesOfText = (text: string): Uint8Array =>
  Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);

export function joinBytes(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function littleEndian(fields: readonly (readonly [value: number, bytes: 2 | 4 | 8])[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(fields.reduce((sum, [, bytes]) => sum + bytes, 0)));
  let at = 0;
  for (const [value, bytes] of fields) {
    if (bytes === 2) view.setUint16(at, value, true);
    if (bytes === 4) view.setUint32(at, value, true);
    if (bytes === 8) view.setBigUint64(at, BigInt(value), true);
    at += bytes;
  }
  return new Uint8Array(view.buffer);
}

/** A safetensors file with this header (JSON text or a value) and this many data bytes. */
export function safetensorsFile(header: unknown, dataBytes: number): Uint8Array {
  const text = bytesOfText(typeof header === 'string' ? header : JSON.stringify(header));
  return joinBytes(littleEndian([[text.length, 8]]), text, new Uint8Array(dataBytes).fill(7));
}

/** A zip as torch.save ends it: contents, a directory, then (with `zip64`) the two records PyTorch always writes. */
export function torchFile(
  options: { readonly contentBytes?: number; readonly zip64?: boolean } = {},
): Uint8Array {
  const { contentBytes = 300, zip64 = true } = options;
  const content = joinBytes(bytesOfText('PK\x03\x04'), new Uint8Array(contentBytes).fill(5));
  const directory = joinBytes(bytesOfText('PK\x01\x02'), new Uint8Array(60));
  const zip64At = content.length + directory.length;
  const zip64End = littleEndian([
    [0x06064b50, 4],
    [44, 8],
    [45, 2],
    [45, 2],
    [0, 4],
    [0, 4],
    [1, 8],
    [1, 8],
    [directory.length, 8],
    [content.length, 8],
  ]);
  const locator = littleEndian([
    [0x07064b50, 4],
    [0, 4],
    [zip64At, 8],
    [1, 4],
  ]);
  const end = littleEndian([
    [0x06054b50, 4],
    [0, 2],
    [0, 2],
    [1, 2],
    [1, 2],
    [directory.length, 4],
    [content.length, 4],
    [0, 2],
  ]);
  return joinBytes(content, directory, ...(zip64 ? [zip64End, locator] : []), end);
}

/** torch.save before PyTorch 1.6: a bare pickle, protocol 2, with torch's magic number. */
export const legacyTorchFile = (): Uint8Array =>
  joinBytes(bytesOfText('\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.'), new Uint8Array(400).fill(3));

export const jsonFile = (value: unknown): Uint8Array =>
  bytesOfText(typeof value === 'string' ? value : JSON.stringify(value));
