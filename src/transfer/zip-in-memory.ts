import JSZip from 'jszip';
import { compressionOf } from '../core/archive/compression.ts';
import type { ZipContents } from './zip-members.ts';

/**
 * JSZip holds all of an archive several times over, and takes twice as long as the browser for what it deflates. Up to this
 * size that is a sixth of a second more, six tenths where all of it is words (`npm run bench -- small-zip`, docs/bench.md).
 */
export const IN_MEMORY_BYTES = 8 * 1024 * 1024;

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
