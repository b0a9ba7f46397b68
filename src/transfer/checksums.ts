import { createCRC32 } from 'hash-wasm';
import { loadSha256 } from './sha256.ts';

export interface FileChecksums {
  /** As zip has it (APPNOTE 4.4.7): unsigned, polynomial 0xedb88320. */
  readonly crc32: number;
  /** 64 hexadecimal digits in small letters, as jupyter_server tells it with `?hash=1`. */
  readonly sha256: string;
}

/** Both checksums over one file after another. Chunks may be cut anywhere; they are not kept. */
export interface Checksums {
  readonly update: (chunk: Uint8Array) => void;
  /** The checksums of all chunks. The next chunk begins a new file. */
  readonly finish: () => FileChecksums;
}

/**
 * Loads what a worker needs to check its files; one at a time, so a worker that has two files open needs two. For work
 * beside the page only: a gigabyte takes some three seconds of one core. Why it is built so: docs/adr/0002-checksums.md.
 */
export async function createChecksums(): Promise<Checksums> {
  const [crc32, sha256] = await Promise.all([createCRC32(), loadSha256()]);
  crc32.init();
  return {
    update: (chunk) => {
      crc32.update(chunk);
      sha256.update(chunk);
    },
    finish: () => {
      const crc = Number.parseInt(crc32.digest(), 16);
      crc32.init();
      return { crc32: crc, sha256: sha256.finish() };
    },
  };
}
