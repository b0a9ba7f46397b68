/** The lock and the synchronous reading and writing of one file, which browsers give to dedicated workers alone. */
export interface SyncedFile {
  readonly sizeBytes: () => number;
  /** How many bytes it could read. */
  readonly read: (into: Uint8Array, at: number) => number;
  /** Writes all of it at the end, or throws a `QuotaExceededError`. */
  readonly append: (bytes: Uint8Array) => void;
  readonly truncate: (sizeBytes: number) => void;
  /** Asks the disk to have it. */
  readonly flush: () => void;
  readonly close: () => void;
}

/** TypeScript has this in its library for workers only, which can't be joined with the one for pages. */
declare global {
  interface FileSystemFileHandle {
    createSyncAccessHandle(): Promise<{
      read(into: Uint8Array, options: { at: number }): number;
      write(bytes: Uint8Array, options: { at: number }): number;
      getSize(): number;
      truncate(size: number): void;
      flush(): void;
      close(): void;
    }>;
  }
}

/** Opens a file for one writer; throws `NoModificationAllowedError` when another one has it. */
export const openSynced = async (handle: FileSystemFileHandle): Promise<SyncedFile> => {
  const file = await handle.createSyncAccessHandle();
  const size = { now: file.getSize() };
  return {
    sizeBytes: () => size.now,
    read: (into, at) => file.read(into, { at }),
    append: (bytes) => {
      const written = file.write(bytes, { at: size.now });
      if (written !== bytes.length) {
        file.truncate(size.now);
        throw new DOMException('The disk took a part only', 'QuotaExceededError');
      }
      size.now += written;
    },
    truncate: (sizeBytes) => {
      file.truncate(sizeBytes);
      size.now = sizeBytes;
    },
    flush: () => file.flush(),
    close: () => file.close(),
  };
};
