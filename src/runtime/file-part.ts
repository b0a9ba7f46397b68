import type { RuntimeFailure } from './failure.ts';

/** A stretch of a file, and the file it has to be of. */
export interface FilePart {
  /** Relative to the server's root. */
  readonly path: string;
  /** First byte. */
  readonly from: number;
  /** One past the last byte, at most the file's size. */
  readonly to: number;
  /** The whole file's size, as it was listed. */
  readonly sizeBytes: number;
  /** `Last-Modified` as the first part of this file had it; `null` for the first part, or where there was none. */
  readonly lastModified: string | null;
}

export interface PartRead {
  /** For the parts that follow. It counts seconds: who reads a file in parts looks at `stat` again after the last. */
  readonly lastModified: string | null;
  /** Whether the server gives stretches from the middle of a file. Without, reading can't go on where it broke off. */
  readonly ranges: boolean;
}

/** `no-range`: the part does not begin at 0, and the server gives files only from their start. */
export type ReadFailure = RuntimeFailure | { readonly kind: 'no-range' };
