import JSZip from 'jszip';
import { compressionOf } from '../core/archive/compression.ts';
import type { ZipContents } from './zip-members.ts';

/**
 * JSZip holds all of an archive several times over (600 MB: a peak of 1.3 GB), and takes 30 ms for a megabyte that it
 * deflates: up to this size neither is felt.
 */
export const IN_MEMORY_BYTES = 32 * 1024 * 1024;

/** A small archive, made by the library. */
export const zipInMemory = async ({ members, emptyFolders }: ZipContents): Promise<Blob> => {
  const zip = new JSZip();
  for (const { name, sizeBytes, modifiedAt, bytes } of members)
    zip.file(name, await bytes.arrayBuffer(), {
      date: asLocalTime(modifiedAt),
      compression: compressionOf(name, sizeBytes) === 'store' ? 'STORE' : 'DEFLATE',
      createFolders: false,
      unixPermissions: 0o644,
    });
  for (const { name, modifiedAt } of emptyFolders)
    zip.file(name, null, {
      dir: true,
      date: asLocalTime(modifiedAt),
      createFolders: false,
      unixPermissions: 0o755,
    });
  return zip.generateAsync({ type: 'blob', platform: 'UNIX', mimeType: 'application/zip' });
};

/** Zip's times are local, and JSZip (3.10) writes those of UTC. */
const asLocalTime = (at: number): Date => {
  const date = new Date(at);
  return new Date(at - date.getTimezoneOffset() * 60_000);
};
