import type { ZipEntry } from '../core/archive/zip-headers.ts';
import { layOut } from '../core/archive/zip-layout.ts';
import { bodyOf } from './zip-bodies.ts';
import type { ZipContents } from './zip-members.ts';

/**
 * An archive whose bodies are the vault's own files: only headers, and what deflating made of texts, are in memory. The
 * browser reads the files when the archive is read, so that they must not change until then.
 */
export const zipByReference = async ({ members, emptyFolders }: ZipContents): Promise<Blob> => {
  const bodies: Blob[] = [];
  const entries: ZipEntry[] = [];
  for (const { name, sizeBytes, crc32, modifiedAt, bytes } of members) {
    const { method, blob } = await bodyOf(name, bytes);
    bodies.push(blob);
    entries.push({ kind: 'file', name, method, sizeBytes, storedBytes: blob.size, crc32, modifiedAt });
  }
  for (const { name, modifiedAt } of emptyFolders) entries.push({ kind: 'directory', name, modifiedAt });
  const { parts } = layOut(entries);
  const blobs = parts.map((part) =>
    part.kind === 'bytes' ? asPart(part.bytes) : (bodies[part.index] ?? ''),
  );
  return new Blob(blobs, { type: 'application/zip' });
};

const asPart = (bytes: Uint8Array): BlobPart => new Uint8Array(bytes);
