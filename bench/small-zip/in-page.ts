import { zipByReference } from '../../src/transfer/zip-by-reference.ts';
import { zipInMemory } from '../../src/transfer/zip-in-memory.ts';
import type { ZipContents, ZipMember } from '../../src/transfer/zip-members.ts';
import { openVault } from '../../src/vault/vault.ts';

/** What of a checkpoint is packed: tensors, which are stored, or words in JSON, which are deflated. */
export type Kind = 'tensors' | 'words';
export type Way = 'jszip' | 'by-reference';

export interface Packed {
  readonly makeMs: number;
  /** Until all of it was read once, as the browser does that writes it among the downloads. */
  readonly readMs: number;
  readonly zipBytes: number;
}

const MB = 1_000_000;
const FILES = 4;
const MAKE = { jszip: zipInMemory, 'by-reference': zipByReference } as const;

const tensors = (bytes: number): Uint8Array<ArrayBuffer> => {
  const content = new Uint8Array(bytes);
  for (let at = 0; at < bytes; at += 65_536) crypto.getRandomValues(content.subarray(at, at + 65_536));
  return content;
};

/** As a tokenizer.json has them: words with their numbers. */
const words = (bytes: number): Uint8Array<ArrayBuffer> => {
  const letters = 'etaoinshrdlucmfwypvbgk';
  const line = (at: number): string => {
    const word = Array.from({ length: 3 + (at % 8) }, () => letters[Math.floor(Math.random() * 22)]);
    return `"${word.join('')}": ${at},\n`;
  };
  // A hundred thousand of them, again and again: deflating looks back no farther than 32 KiB.
  const text = Array.from({ length: Math.min(100_000, bytes / 10) }, (_, at) => line(at)).join('');
  return new TextEncoder().encode(text.repeat(Math.ceil(bytes / text.length)).slice(0, bytes));
};

const vault = openVault(() => navigator.storage.getDirectory());

/** Puts files of that many megabytes together into the browser's own file system, and takes former ones away. */
export const prepare = async (kind: Kind, megabytes: number): Promise<void> => {
  await vault.remove('bench');
  for (let index = 0; index < FILES; index += 1) {
    const writer = await (await vault.fileHandle('bench', index)).createWritable();
    await writer.write((kind === 'tensors' ? tensors : words)((megabytes * MB) / FILES));
    await writer.close();
  }
};

const contentsOf = async (kind: Kind): Promise<ZipContents> => {
  const members: ZipMember[] = [];
  for (let index = 0; index < FILES; index += 1) {
    const bytes = await vault.file('bench', index);
    if (bytes === null) throw new Error('Nothing was prepared');
    const name = `checkpoint-7/${index}.${kind === 'tensors' ? 'safetensors' : 'json'}`;
    members.push({ name, sizeBytes: bytes.size, crc32: 0, modifiedAt: 0, bytes });
  }
  return { members, emptyFolders: [] };
};

export const pack = async (way: Way, kind: Kind): Promise<Packed> => {
  const begun = performance.now();
  const zip = await MAKE[way](await contentsOf(kind));
  const made = performance.now();
  const reader = zip.stream().getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read());
  return { makeMs: made - begun, readMs: performance.now() - made, zipBytes: zip.size };
};
