import {
  type Member,
  type ZipEntry,
  centralHeader,
  descriptor,
  endRecords,
  localHeader,
  memberOf,
} from './zip-headers.ts';
import { record } from './zip-record.ts';

/** A file whose checksum is known when all of it has gone by. It is stored as it is. */
export type ComingFile = Omit<
  Extract<ZipEntry, { kind: 'file' }>,
  'kind' | 'crc32' | 'method' | 'storedBytes'
>;

/**
 * An archive that is written from its beginning to its end: what stands before, between and behind the bodies. Bodies are
 * written by who asks, in between.
 */
export interface ZipSequence {
  /** What stands before the body of an entry of which all is known. */
  readonly entry: (entry: ZipEntry) => Uint8Array;
  /** What stands before the body of a file whose checksum is not known yet. */
  readonly begin: (file: ComingFile) => Uint8Array;
  /** What stands behind that body. */
  readonly end: (crc32: number) => Uint8Array;
  /** What stands at the end of the archive. */
  readonly finish: () => Uint8Array;
  /** Of all that was written so far, bodies among it. */
  readonly sizeBytes: () => number;
}

export const createZipSequence = (): ZipSequence => {
  const written: { readonly member: Member; readonly at: number }[] = [];
  const state: { at: number; coming: { file: ComingFile; at: number } | null } = { at: 0, coming: null };
  const pass = (bytes: Uint8Array): Uint8Array => {
    state.at += bytes.length;
    return bytes;
  };
  return {
    entry: (entry) => {
      const member = memberOf(entry);
      written.push({ member, at: state.at });
      const header = pass(localHeader(member));
      state.at += member.storedBytes;
      return header;
    },
    begin: (file) => {
      state.coming = { file, at: state.at };
      const header = pass(localHeader(described(file, 0)));
      state.at += file.sizeBytes;
      return header;
    },
    end: (crc32) => {
      if (state.coming === null) throw new Error('no file was begun');
      const { file, at } = state.coming;
      state.coming = null;
      const member = described(file, crc32);
      written.push({ member, at });
      return pass(descriptor(member));
    },
    finish: () => {
      const offset = state.at;
      const directory = pass(record(written.map(({ member, at }) => centralHeader(member, at))));
      const end = endRecords({ count: written.length, offset, sizeBytes: directory.length });
      return record([directory, pass(end)]);
    },
    sizeBytes: () => state.at,
  };
};

const described = (file: ComingFile, crc32: number): Member => {
  const { sizeBytes } = file;
  return memberOf({ ...file, kind: 'file', method: 'store', storedBytes: sizeBytes, crc32 }, true);
};
